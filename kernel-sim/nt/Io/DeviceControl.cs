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

        ControlCall call = new(current, process, file, ioStatusBlock, code, input, output);
        Irp? irp = Build(call, out NtStatus status);
        if (irp is null)
        {
            if (KernelEventSource.Log.IsEnabled() || KernelSimMeter.CountsIoctls)
            {
                IoTrace.IoctlStop(current.RequestId, current, file.Device, code, operation, status, information: 0);
            }

            current.RecordCompleted(current.RequestId, process.Id, code.Value, 0, status.Value, 0, 0, 0);
            return status;
        }

        irp.Operation = operation;
        irp.Event = completionEvent;
        completionEvent?.Event.Clear();
        bool wait = (file.Options & CreateFileOptions.SynchronousIo) != 0;
        status = requests.Send(current, irp, wait);
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
        in ControlCall call, UserRange range, MemoryAccess access, Check check, out Span<byte> bytes)
    {
        bool good = call.Process.Memory.TryAccess(range.Address, range.Length, access, check.Id, out bytes, out AccessViolation violation);
        return good
            ? call.Current.Require(true, check, Site, range.Length, range.Length)
            : RefuseRange(call, range, check, violation);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool RefuseRange(in ControlCall call, UserRange range, Check check, in AccessViolation violation)
    {
        call.Record(start: 0);
        IoTrace.Violation(call.Current.RequestId, call.Current, call.Process, violation);
        long reachable = (long)(violation.Address - range.Address);
        return call.Current.Require(false, call.File.Device.RowOf(check), Site, reachable, range.Length);
    }

    private static bool RequireMethod(in ControlCall call)
    {
        Check check = SystemChecks.IoMethodBuffered;
        bool passed = call.Code.Method == IoMethod.Buffered;
        if (!passed)
        {
            call.Record(start: 0);
            check = call.File.Device.RowOf(check);
        }

        return call.Current.Require(passed, check, Site, (long)call.Code.Method, (long)IoMethod.Buffered);
    }

    private Irp? Build(in ControlCall call, out NtStatus status)
    {
        KeThread current = call.Current;
        UserRange input = call.Input;
        UserRange block = new(call.IoStatusBlock, (uint)sizeof(IoStatusBlock));
        if (!RequireMethod(call)
            || !Probe(call, block, MemoryAccess.Write, SystemChecks.IoProbeStatusBlock, out _)
            || !Probe(call, input, MemoryAccess.Read, SystemChecks.IoProbeInput, out Span<byte> request)
            || !Probe(call, call.Output, MemoryAccess.Write, SystemChecks.IoProbeOutput, out _))
        {
            status = current.Refused;
            return null;
        }

        ulong start = request.Length >= sizeof(ulong) ? Unsafe.ReadUnaligned<ulong>(in request[0]) : 0;
        call.Record(start);
        Irp irp = requests.Take(current, IrpMajorFunction.DeviceControl, call.File, call.Process, current.RequestId);
        irp.ControlCode = call.Code;
        irp.InputLength = input.Length;
        irp.Output = call.Output;
        irp.IoStatusBlock = call.IoStatusBlock;
        irp.RequestStart = start;
        uint bytes = Math.Max(input.Length, call.Output.Length);
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
