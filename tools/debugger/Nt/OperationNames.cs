using KernelSim.Debugger.Structures;
using KernelSim.Nt.Io;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Debugger.Nt;

/// <summary>
/// What a request asks for: the name that was traced, else that of the eBPF operation in its buffer, else its function or control code.
/// </summary>
internal static class OperationNames
{
    public static string Of(IrpView irp, KernelMemory memory)
    {
        if (irp.MajorFunction != IrpMajorFunction.DeviceControl)
        {
            return irp.MajorFunction.ToString();
        }

        return irp.Operation.Length > 0 ? irp.Operation
            : irp.File?.Device?.Name == EbpfDevice.DeviceName
                && irp.InputLength >= OperationHeader.ByteCount
                && memory.TryReadHost(irp.SystemBuffer, out OperationHeader header)
                && OperationTable.Find(header.Id) is { } operation
            ? operation.Name
            : irp.ControlCode.ToString();
    }
}
