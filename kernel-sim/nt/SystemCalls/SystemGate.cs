using System.Text;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Images;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tracing;

namespace KernelSim.Nt.SystemCalls;

/// <summary>
/// The system calls of one process. Each decodes, checks, looks up, calls the object and releases it; the rules are in the objects.
/// </summary>
internal sealed class SystemGate(PsProcess process) : ISystemGate
{
    // UNICODE_STRING counts bytes in 16 bits.
    private const uint MaxNameBytes = ushort.MaxValue - 1;

    public int ProcessId => process.Id;

    public bool HasExited => process.HasExited;

    public int MaximumProcessorCount => process.Machine.Options.Processors;

    public IUserMemory Memory => process.Memory;

    public bool BeginCall(out ulong requestId)
    {
        process.Machine.ThrowIfStopped();
        requestId = 0;
        if (process.HasExited)
        {
            return false;
        }

        KeThread thread = process.Machine.ThisThread();
        ulong id = thread.NextRequestId();
        if (!process.BeginCall(thread, id))
        {
            return false;
        }

        requestId = id;
        return true;
    }

    public void EndCall(ulong requestId) => process.EndCall(process.Machine.ThisThreadOrNull(), requestId);

    public NtStatus NtCreateFile(ulong requestId, UserRange name, CreateFileOptions options, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtCreateFile);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = ReadName(call.Thread, name, out string text);
        FileObject? file = null;
        if (status.IsSuccess)
        {
            status = process.Machine.Io.OpenFile(call.Thread, process, text, options, out file);
        }

        return call.Return(status.IsSuccess ? Install(file!, status, out handle) : status);
    }

    public NtStatus NtDeviceIoControlFile(
        ulong requestId, NtHandle file, NtHandle completionEvent, ulong ioStatusBlock, IoControlCode controlCode, UserRange input, UserRange output)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtDeviceIoControlFile);
        return call.Entered
            ? call.Return(SendControl(call.Thread, file, completionEvent, ioStatusBlock, controlCode, input, output))
            : NtStatus.ProcessIsTerminating;
    }

    public NtStatus NtCancelIoFile(ulong requestId, NtHandle file)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtCancelIoFile, (ulong)file.Value);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = process.Handles.Borrow(call.Thread, file, out FileObject? fileObject);
        using (new ObReference(call.Thread, fileObject))
        {
            if (status.IsSuccess)
            {
                process.Requests.CancelAll(call.Thread, fileObject);
            }
        }

        return call.Return(status);
    }

    public NtStatus NtClose(ulong requestId, NtHandle handle)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtClose, (ulong)handle.Value);
        return call.Entered ? call.Return(process.Handles.Close(handle)) : NtStatus.ProcessIsTerminating;
    }

    public NtStatus NtDuplicateObject(ulong requestId, NtHandle handle, out NtHandle copy)
    {
        copy = NtHandle.Invalid;
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtDuplicateObject, (ulong)handle.Value);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = process.Handles.Borrow(call.Thread, handle, out ObObject? @object);
        using (new ObReference(call.Thread, @object))
        {
            if (status.IsSuccess)
            {
                status = process.Handles.Insert(@object!, out copy);
            }
        }

        return call.Return(status);
    }

    public NtStatus NtCreateEvent(ulong requestId, bool manualReset, bool initialState, out NtHandle handle)
    {
        handle = NtHandle.Invalid;
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtCreateEvent);
        return call.Entered
            ? call.Return(Install(new ExEvent(process.Machine, manualReset, initialState), NtStatus.Success, out handle))
            : NtStatus.ProcessIsTerminating;
    }

    public NtStatus NtWaitForSingleObject(ulong requestId, NtHandle handle, TimeSpan timeout)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtWaitForSingleObject, (ulong)handle.Value);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = process.Handles.Borrow(call.Thread, handle, out ExEvent? eventObject);
        using (new ObReference(call.Thread, eventObject))
        {
            if (status.IsSuccess)
            {
                status = WaitFor(call.Thread, eventObject!.Event, timeout);
            }
        }

        return call.Return(status);
    }

    public NtStatus NtSetEvent(ulong requestId, NtHandle handle) =>
        OnEvent(requestId, SystemCallNumber.NtSetEvent, handle, static e => e.Set());

    public NtStatus NtClearEvent(ulong requestId, NtHandle handle) =>
        OnEvent(requestId, SystemCallNumber.NtClearEvent, handle, static e => e.Clear());

    public NtStatus NtMapViewOfSection(ulong requestId, NtHandle section, MemoryAccess access, out UserRange view)
    {
        view = UserRange.Null;
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtMapViewOfSection, (ulong)section.Value);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = process.Handles.Borrow(call.Thread, section, out MmSection? found);
        using (new ObReference(call.Thread, found))
        {
            if (status.IsSuccess)
            {
                status = process.Memory.MapView(found!, access, out view);
            }
        }

        if (status.IsSuccess)
        {
            KernelEventSource.Log.ViewMap(
                call.RequestId,
                call.Thread.ProcessorNumber,
                process.Id,
                view.Address,
                view.Length,
                MemoryAccessNames.NameOf(access));
        }

        return call.Return(status);
    }

    public NtStatus NtUnmapViewOfSection(ulong requestId, ulong address)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.NtUnmapViewOfSection, address);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        if (!process.Memory.UnmapView(address))
        {
            return call.Return(NtStatus.NotMappedView);
        }

        KernelEventSource.Log.ViewUnmap(call.RequestId, call.Thread.ProcessorNumber, process.Id, address);
        return call.Return(NtStatus.Success);
    }

    public NtStatus ReadImage(ulong requestId, UserRange path, UserRange buffer, out uint length)
    {
        length = 0;
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.ReadImage);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = ReadName(call.Thread, path, out string name);
        if (!status.IsSuccess)
        {
            return call.Return(status);
        }

        if (!process.Machine.Images.TryFind(name, out DriverImage? image))
        {
            return call.Return(NtStatus.ObjectNameNotFound);
        }

        length = (uint)image.Contents.Length;
        uint copied = Math.Min(length, buffer.Length);
        if (!process.Memory.TryAccess(
            buffer.Address, copied, MemoryAccess.Write, "io:ReadImage.buffer", out Span<byte> bytes, out AccessViolation violation))
        {
            IoTrace.Violation(call.Thread.RequestId, call.Thread, process, violation);
            return call.Return(NtStatus.AccessViolation);
        }

        image.Contents.Span[..(int)copied].CopyTo(bytes);
        return call.Return(NtStatus.Success);
    }

    public NtStatus CreateService(ulong requestId, UserRange name, UserRange imagePath, Guid moduleId)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.CreateService);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = RequireServiceAccess();
        string path = "";
        if (status.IsSuccess)
        {
            status = ReadName(call.Thread, imagePath, out path);
        }

        if (status.IsSuccess && (status = ReadName(call.Thread, name, out string service)).IsSuccess)
        {
            status = process.Machine.Services.Create(service, path, moduleId);
        }

        return call.Return(status);
    }

    public NtStatus DeleteService(ulong requestId, UserRange name)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.DeleteService);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = RequireServiceAccess();
        if (status.IsSuccess && (status = ReadName(call.Thread, name, out string service)).IsSuccess)
        {
            status = process.Machine.Services.Delete(service);
        }

        return call.Return(status);
    }

    public NtStatus NtTerminateProcess(NtStatus exitStatus)
    {
        using SystemCall call = SystemCall.Enter(process, 0, SystemCallNumber.NtTerminateProcess);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        process.Terminate(exitStatus);
        return NtStatus.Success;
    }

    public void UnhandledFault(ulong requestId, in AccessViolation violation)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, SystemCallNumber.UnhandledFault);
        if (call.Entered)
        {
            process.EndByFault(violation);
        }
    }

    public bool TryGetRefusal(ulong requestId, out CheckRefusal refusal) =>
        process.Machine.Refusals.TryGet(process, requestId, out refusal);

    /// <summary>Creates a handle for an object, whose only reference this takes over.</summary>
    private NtStatus Install(ObObject @object, NtStatus success, out NtHandle handle)
    {
        try
        {
            NtStatus status = process.Handles.Insert(@object, out handle);
            return status.IsSuccess ? success : status;
        }
        finally
        {
            @object.Dereference();
        }
    }

    private NtStatus SendControl(
        KeThread current,
        NtHandle file,
        NtHandle completionEvent,
        ulong ioStatusBlock,
        IoControlCode controlCode,
        UserRange input,
        UserRange output)
    {
        // Not by the generic look-up: against a sealed class that is named here, a type is compared at once.
        ObObject? found = process.Handles.Borrow(current, file);
        using ObReference fileReference = new(current, found);
        if (found is not FileObject fileObject)
        {
            return found is null ? NtStatus.InvalidHandle : NtStatus.ObjectTypeMismatch;
        }

        DeviceControl device = process.Machine.Io.DeviceControl;
        if (completionEvent == NtHandle.Invalid)
        {
            return device.Send(current, process, fileObject, completionEvent: null, ioStatusBlock, controlCode, input, output);
        }

        NtStatus status = process.Handles.Borrow(current, completionEvent, out ExEvent? eventObject);
        using ObReference eventReference = new(current, eventObject);
        return status.IsSuccess
            ? device.Send(current, process, fileObject, eventObject, ioStatusBlock, controlCode, input, output)
            : status;
    }

    private NtStatus WaitFor(KeThread current, KEvent awaited, TimeSpan timeout)
    {
        process.PutCallAside(current);
        try
        {
            return awaited.Wait(current, timeout, process);
        }
        finally
        {
            process.TakeUpCall(current);
        }
    }

    private NtStatus OnEvent(ulong requestId, SystemCallNumber number, NtHandle handle, Func<KEvent, bool> change)
    {
        using SystemCall call = SystemCall.Enter(process, requestId, number, (ulong)handle.Value);
        if (!call.Entered)
        {
            return NtStatus.ProcessIsTerminating;
        }

        NtStatus status = process.Handles.Borrow(call.Thread, handle, out ExEvent? eventObject);
        using (new ObReference(call.Thread, eventObject))
        {
            if (status.IsSuccess)
            {
                change(eventObject!.Event);
            }
        }

        return call.Return(status);
    }

    private NtStatus RequireServiceAccess() => process.Token.IsAdministrator ? NtStatus.Success : NtStatus.AccessDenied;

    private NtStatus ReadName(KeThread current, UserRange name, out string text)
    {
        text = string.Empty;
        if (name.Length is 0 or > MaxNameBytes || name.Length % 2 != 0)
        {
            return NtStatus.ObjectNameInvalid;
        }

        if (!process.Memory.TryAccess(
            name.Address, name.Length, MemoryAccess.Read, "io:NtCreateFile.name", out Span<byte> bytes, out AccessViolation violation))
        {
            IoTrace.Violation(current.RequestId, current, process, violation);
            return NtStatus.AccessViolation;
        }

        text = Encoding.Unicode.GetString(bytes);
        return NtStatus.Success;
    }
}
