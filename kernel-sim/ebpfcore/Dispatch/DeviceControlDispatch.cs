using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Operations;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Dispatch;

/// <summary>
/// The driver's dispatch routine for control requests: <c>_ebpf_driver_io_device_control</c>. Its checks are in upstream's order,
/// numbered as in the table of checks (KS2001 to KS2012); the first that fails decides.
/// </summary>
internal static unsafe class DeviceControlDispatch
{
    private const string Site = "ebpfcore:device_control";

    /// <summary>Serves one request and completes it, unless it stays pending.</summary>
    public static NtStatus Run(CoreContext core, KeThread current, Irp irp)
    {
        NtStatus status = Serve(core, current, irp);
        if (status != NtStatus.Pending)
        {
            // The information is the output length whatever the status; the I/O manager copies nothing out for an error.
            current.Machine.Io.CompleteRequest(current, irp, status, irp.OutputLength);
        }

        return status;
    }

    private static NtStatus Serve(CoreContext core, KeThread current, Irp irp)
    {
        long input = irp.InputLength;
        long output = irp.OutputLength;
        IoControlCode code = irp.ControlCode;
        if (!current.Require(
            code == EbpfDevice.ControlCode, CheckTable.DriverControlCode, Site, code.Value, EbpfDevice.ControlCode.Value))
        {
            return current.Refused;
        }

        byte* buffer = irp.SystemBuffer;
        if (!current.Require(input != 0, CheckTable.DriverInputLength, Site, input, 1)
            || !current.Require(buffer != null, CheckTable.DriverInputBuffer, Site, buffer == null ? 0 : 1, 1)
            || !current.Require(input >= OperationHeader.ByteCount, CheckTable.DriverInputHeader, Site, input, OperationHeader.ByteCount))
        {
            return current.Refused;
        }

        EbpfOperationId id = Unsafe.ReadUnaligned<OperationHeader>(buffer).Id;
        OperationRow? operation = OperationTable.Find(id);
        if (!current.Require(operation is not null, CheckTable.DriverOperationId, Site, (uint)id, OperationTable.Count - 1))
        {
            return current.Refused;
        }

        OperationModes permitted = core.PermittedModes;
        if (!current.Require(
            (operation!.Modes & permitted) != 0, CheckTable.DriverOperationPolicy, Site, (long)operation.Modes, (long)permitted))
        {
            return current.Refused;
        }

        ProtocolHandler? handler = ProtocolHandlerTable.Find(id);
        if (!current.Require(handler is not null, CheckTable.DriverOperationHandler, Site, handler is null ? 0 : 1, 1))
        {
            return current.Refused;
        }

        bool privileged = !operation.IsPrivileged || irp.Process is null or { Token.IsAdministrator: true };
        if (!current.Require(privileged, CheckTable.DriverPrivilege, Site, privileged ? 1 : 0, 1))
        {
            return current.Refused;
        }

        // The handler of an operation without a reply gets no output buffer, whatever the caller passed.
        long reply = 0;
        if (operation.Reply.Minimum > 0)
        {
            int least = operation.Reply.Minimum;
            if (!current.Require(buffer != null, CheckTable.DriverOutputBuffer, Site, buffer == null ? 0 : 1, 1)
                || !current.Require(output >= least, CheckTable.DriverOutputLength, Site, output, least))
            {
                return current.Refused;
            }

            reply = output;
        }

        // The bytes after the request are uninitialised pool memory. Upstream clears them only for operations with a reply, although as many
        // bytes are returned to the caller of any other operation that passes an output buffer.
        if (output > input)
        {
            NativeMemory.Clear(buffer + input, (nuint)(output - input));
        }

        long longest = Math.Max(input, reply);
        if (!current.Require(longest <= EbpfDevice.MaxMessageBytes, CheckTable.DriverMessageMax, Site, longest, EbpfDevice.MaxMessageBytes))
        {
            return current.Refused;
        }

        EbpfResult result = ProtocolDispatch.Invoke(core, current, irp, handler!, (int)input, (int)reply);
        return ResultConversions.ToNtStatus(result);
    }
}
