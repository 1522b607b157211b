using System.Runtime.CompilerServices;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.Io;

/// <summary>Control requests between the system call and the driver's dispatch routine. METHOD_BUFFERED only.</summary>
internal sealed unsafe class DeviceControl(Machine machine, RequestManager requests)
{
    private const string Site = "io:NtDeviceIoControlFile";

    /// <summary>Probes the caller's ranges, copies the request into a system buffer, and sends it.</summary>
    public NtStatus Send(
        KeThread current,
        PsProcess process,
        FileObject file,
        ExEvent? completionEvent,
        ulong ioStatusBlock,
        IoControlCode code,
        UserRange input,
        UserRange output)
    {
        string operation = string.Empty;
        if (KernelEventSource.Log.IsEnabled() || KernelSimMeter.CountsIoctls)
        {
            operation = Describe(process, file.Device, code, input);
            KernelEventSource.Log.IoctlStart(
                current.RequestId, current.ProcessorNumber, process.Id, operation, input.Length, output.Length);
        }

        Irp? irp = Build(current, process, file, ioStatusBlock, code, input, output, out NtStatus status);
        if (irp is null)
        {
            if (KernelEventSource.Log.IsEnabled() || KernelSimMeter.CountsIoctls)
            {
                IoTrace.IoctlStop(current.RequestId, current, file.Device, code, operation, status, information: 0);
            }

            current.RecordUnsent(process.Id, code.Value, input.Length, output.Length, status.Value);
            return status;
        }

        irp.Operation = operation;
        irp.Event = completionEvent;
        completionEvent?.Event.Clear();
        current.BeginIoctl(code.Value, irp.RequestStart, input.Length, output.Length);
        bool wait = (file.Options & CreateFileOptions.SynchronousIo) != 0;
        try
        {
            status = requests.Send(current, irp, wait);
        }
        finally
        {
            current.EndIoctl();
        }

        if (wait)
        {
            requests.GiveBack(current, irp);
        }

        return status;
    }

    private string Describe(PsProcess process, DeviceObject device, IoControlCode code, UserRange input)
    {
        string? described = null;
        if (device.DescribeRequest is { } describe
            && process.Memory.TryAccess(input.Address, input.Length, MemoryAccess.Read, Site, out Span<byte> request, out _))
        {
            try
            {
                described = describe(code, request);
            }
            catch (Exception e) when (machine.StopOnUnhandled(e))
            {
                machine.ThrowIfStopped();
            }
        }

        return described ?? device.NameOf(code);
    }

    /// <summary>Finds out whether a caller's range may be used as it says: ProbeForRead, ProbeForWrite.</summary>
    private static bool Probe(
        KeThread current,
        PsProcess process,
        FileObject file,
        UserRange range,
        MemoryAccess access,
        Check check,
        out Span<byte> bytes)
    {
        bool good = process.Memory.TryAccess(range.Address, range.Length, access, check.Id, out bytes, out AccessViolation violation);
        if (!good)
        {
            IoTrace.Violation(current.RequestId, current, process, violation);
        }

        long reachable = good ? range.Length : (long)(violation.Address - range.Address);
        return Require(current, file, good, check, reachable, range.Length);
    }

    private static bool Require(KeThread current, FileObject file, bool passed, Check check, long given, long expected) =>
        current.Require(passed, passed ? check : file.Device.RowOf(check), Site, given, expected);

    private Irp? Build(
        KeThread current,
        PsProcess process,
        FileObject file,
        ulong ioStatusBlock,
        IoControlCode code,
        UserRange input,
        UserRange output,
        out NtStatus status)
    {
        Check method = SystemChecks.IoMethodBuffered;
        if (!Require(current, file, code.Method == IoMethod.Buffered, method, (long)code.Method, (long)IoMethod.Buffered))
        {
            status = current.Refused;
            return null;
        }

        UserRange block = new(ioStatusBlock, (uint)sizeof(IoStatusBlock));
        if (!Probe(current, process, file, block, MemoryAccess.Write, SystemChecks.IoProbeStatusBlock, out _)
            || !Probe(current, process, file, input, MemoryAccess.Read, SystemChecks.IoProbeInput, out Span<byte> request)
            || !Probe(current, process, file, output, MemoryAccess.Write, SystemChecks.IoProbeOutput, out _))
        {
            status = current.Refused;
            return null;
        }

        Irp irp = requests.Take(current, IrpMajorFunction.DeviceControl, file, process, current.RequestId);
        irp.ControlCode = code;
        irp.InputLength = input.Length;
        irp.Output = output;
        irp.IoStatusBlock = ioStatusBlock;
        irp.RequestStart = request.Length >= sizeof(ulong) ? Unsafe.ReadUnaligned<ulong>(in request[0]) : 0;
        uint bytes = Math.Max(input.Length, output.Length);
        status = bytes == 0 ? NtStatus.Success : requests.AllocateBuffer(current, irp, bytes);
        if (!status.IsSuccess)
        {
            requests.GiveBack(current, irp);
            return null;
        }

        if (input.Length > 0)
        {
            request.CopyTo(new Span<byte>(irp.SystemBuffer, request.Length));
            KernelSimMeter.Copied(CopyStage.BufferIn, input.Length);
            if (KernelEventSource.Log.IsEnabled())
            {
                KernelEventSource.Log.Copy(
                    current.RequestId,
                    current.ProcessorNumber,
                    CopyStage.BufferIn,
                    -1,
                    -1,
                    input.Address,
                    machine.Pool.VirtualAddressOf(irp.SystemBuffer),
                    input.Length);
            }
        }

        return irp;
    }
}
