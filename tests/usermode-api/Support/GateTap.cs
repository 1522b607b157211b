using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Tests.Support;

/// <summary>A gate that lets a test look at and interfere with what passes: everything goes through to the real one.</summary>
internal sealed class GateTap(ISystemGate gate) : ISystemGate
{
    private int _requests;

    /// <summary>Called before each system call and each begin and end of an API call, with its name.</summary>
    public Action<string>? Before { get; set; }

    /// <summary>Called after each control request that succeeded, with its reply: change it here.</summary>
    public Action<UserRange>? Reply { get; set; }

    /// <summary>Called after each control request that succeeded, with its I/O status block: change it here.</summary>
    public Action<ulong>? Status { get; set; }

    /// <summary>How many control requests have passed, of all threads.</summary>
    public int Requests => Volatile.Read(ref _requests);

    public int ProcessId => gate.ProcessId;

    public bool HasExited => gate.HasExited;

    public int MaximumProcessorCount => gate.MaximumProcessorCount;

    public IUserMemory Memory => gate.Memory;

    public bool BeginCall(out ulong requestId)
    {
        Before?.Invoke(nameof(BeginCall));
        return gate.BeginCall(out requestId);
    }

    public void EndCall(ulong requestId)
    {
        Before?.Invoke(nameof(EndCall));
        gate.EndCall(requestId);
    }

    public NtStatus NtCreateFile(ulong requestId, UserRange name, CreateFileOptions options, out NtHandle handle)
    {
        Before?.Invoke(nameof(NtCreateFile));
        return gate.NtCreateFile(requestId, name, options, out handle);
    }

    public NtStatus NtDeviceIoControlFile(
        ulong requestId, NtHandle file, NtHandle completionEvent, ulong ioStatusBlock, IoControlCode controlCode, UserRange input, UserRange output)
    {
        Before?.Invoke(nameof(NtDeviceIoControlFile));
        Interlocked.Increment(ref _requests);
        NtStatus status = gate.NtDeviceIoControlFile(requestId, file, completionEvent, ioStatusBlock, controlCode, input, output);
        if (status.IsSuccess)
        {
            Reply?.Invoke(output);
            Status?.Invoke(ioStatusBlock);
        }

        return status;
    }

    public NtStatus NtCancelIoFile(ulong requestId, NtHandle file) => gate.NtCancelIoFile(requestId, file);

    public NtStatus NtClose(ulong requestId, NtHandle handle)
    {
        Before?.Invoke(nameof(NtClose));
        return gate.NtClose(requestId, handle);
    }

    public NtStatus NtDuplicateObject(ulong requestId, NtHandle handle, out NtHandle copy)
    {
        Before?.Invoke(nameof(NtDuplicateObject));
        return gate.NtDuplicateObject(requestId, handle, out copy);
    }

    public NtStatus NtCreateEvent(ulong requestId, bool manualReset, bool initialState, out NtHandle handle) =>
        gate.NtCreateEvent(requestId, manualReset, initialState, out handle);

    public NtStatus NtWaitForSingleObject(ulong requestId, NtHandle handle, TimeSpan timeout) =>
        gate.NtWaitForSingleObject(requestId, handle, timeout);

    public NtStatus NtSetEvent(ulong requestId, NtHandle handle) => gate.NtSetEvent(requestId, handle);

    public NtStatus NtClearEvent(ulong requestId, NtHandle handle) => gate.NtClearEvent(requestId, handle);

    public NtStatus NtMapViewOfSection(ulong requestId, NtHandle section, MemoryAccess access, out UserRange view)
    {
        Before?.Invoke(nameof(NtMapViewOfSection));
        return gate.NtMapViewOfSection(requestId, section, access, out view);
    }

    public NtStatus NtUnmapViewOfSection(ulong requestId, ulong address)
    {
        Before?.Invoke(nameof(NtUnmapViewOfSection));
        return gate.NtUnmapViewOfSection(requestId, address);
    }

    public NtStatus ReadImage(ulong requestId, UserRange path, UserRange buffer, out uint length)
    {
        Before?.Invoke(nameof(ReadImage));
        return gate.ReadImage(requestId, path, buffer, out length);
    }

    public NtStatus CreateService(ulong requestId, UserRange name, UserRange imagePath, Guid moduleId)
    {
        Before?.Invoke(nameof(CreateService));
        return gate.CreateService(requestId, name, imagePath, moduleId);
    }

    public NtStatus DeleteService(ulong requestId, UserRange name)
    {
        Before?.Invoke(nameof(DeleteService));
        return gate.DeleteService(requestId, name);
    }

    public NtStatus NtTerminateProcess(NtStatus exitStatus) => gate.NtTerminateProcess(exitStatus);

    public void UnhandledFault(ulong requestId, in AccessViolation violation) => gate.UnhandledFault(requestId, violation);

    public bool TryGetRefusal(ulong requestId, out CheckRefusal refusal) => gate.TryGetRefusal(requestId, out refusal);
}
