namespace KernelSim.Protocol.Gate;

/// <summary>
/// Everything that a simulated user process can do to its machine: the few system calls, and its own memory. Ranges and numbers
/// cross, never references, so that a process may live elsewhere than the kernel.
/// </summary>
/// <remarks>
/// Each call carries the request id of the API call that it belongs to (0: none; the kernel then numbers the request itself), as
/// ETW's activity id would. After the process has ended, every call answers <see cref="NtStatus.ProcessIsTerminating"/>.
/// </remarks>
public interface ISystemGate
{
    /// <summary>The process's id.</summary>
    int ProcessId { get; }

    /// <summary>True once the process has exited, crashed or been killed.</summary>
    bool HasExited { get; }

    /// <summary>Possible processors of the machine, fixed at boot: <c>GetMaximumProcessorCount(ALL_PROCESSOR_GROUPS)</c>.</summary>
    int MaximumProcessorCount { get; }

    /// <summary>The process's own memory.</summary>
    IUserMemory Memory { get; }

    /// <summary>
    /// Starts an API call: gives it a request id and pins the process's memory until <see cref="EndCall"/>, so that spans stay valid
    /// even if the process is killed meanwhile.
    /// </summary>
    /// <param name="requestId">The id that the call's events and system calls carry; never 0.</param>
    /// <returns>False when the process has ended; then there is nothing to end.</returns>
    bool BeginCall(out ulong requestId);

    /// <summary>Ends an API call begun on the same thread.</summary>
    void EndCall(ulong requestId);

    /// <summary>Opens a device by name: <c>NtCreateFile</c>.</summary>
    /// <param name="requestId">The API call that this belongs to.</param>
    /// <param name="name">UTF-16 bytes of the name in user memory, such as <c>\\.\EbpfIoDevice</c> or <c>\Device\EbpfIoDevice</c>.</param>
    /// <param name="options">How the file object waits.</param>
    /// <param name="handle">The new handle on success.</param>
    NtStatus NtCreateFile(ulong requestId, UserRange name, CreateFileOptions options, out NtHandle handle);

    /// <summary>Sends a control code with a request and room for a reply: <c>NtDeviceIoControlFile</c>.</summary>
    /// <param name="requestId">The API call that this belongs to.</param>
    /// <param name="file">A handle of a file object.</param>
    /// <param name="completionEvent">An event set when the request completes, or <see cref="NtHandle.Invalid"/>. See the remarks.</param>
    /// <param name="ioStatusBlock">Where the 16-byte <see cref="IoStatusBlock"/> goes, in user memory. See the remarks.</param>
    /// <param name="controlCode">The control code.</param>
    /// <param name="input">The request.</param>
    /// <param name="output">Room for the reply; may be <see cref="UserRange.Null"/>.</param>
    /// <returns>The status; <see cref="NtStatus.Pending"/> only on a file object that does not wait.</returns>
    /// <remarks>
    /// Of a status of error severity that this call returns, event and status block do not hear: the event stays cleared, the block as it
    /// was. Of everything else they do: success, warnings, and however a request ends for which the call returned pending.
    /// </remarks>
    NtStatus NtDeviceIoControlFile(
        ulong requestId, NtHandle file, NtHandle completionEvent, ulong ioStatusBlock, IoControlCode controlCode, UserRange input, UserRange output);

    /// <summary>
    /// Asks that this process's outstanding requests on a file object be cancelled, whichever thread sent them: what <c>NtCancelIoFileEx</c>
    /// does without a status block; the real <c>NtCancelIoFile</c> keeps to the calling thread's.
    /// </summary>
    NtStatus NtCancelIoFile(ulong requestId, NtHandle file);

    /// <summary>Closes a handle of any kind: <c>NtClose</c>.</summary>
    NtStatus NtClose(ulong requestId, NtHandle handle);

    /// <summary>Makes a second handle of whatever a handle of this process stands for: <c>NtDuplicateObject</c>.</summary>
    NtStatus NtDuplicateObject(ulong requestId, NtHandle handle, out NtHandle copy);

    /// <summary>Creates an event object: <c>NtCreateEvent</c>.</summary>
    NtStatus NtCreateEvent(ulong requestId, bool manualReset, bool initialState, out NtHandle handle);

    /// <summary>Waits for an event: <c>NtWaitForSingleObject</c>.</summary>
    /// <param name="requestId">The API call that this belongs to.</param>
    /// <param name="handle">A handle of an event.</param>
    /// <param name="timeout">How long, in host time; negative waits forever.</param>
    /// <returns><see cref="NtStatus.Success"/> or <see cref="NtStatus.Timeout"/>.</returns>
    NtStatus NtWaitForSingleObject(ulong requestId, NtHandle handle, TimeSpan timeout);

    /// <summary>Signals an event: <c>NtSetEvent</c>.</summary>
    NtStatus NtSetEvent(ulong requestId, NtHandle handle);

    /// <summary>Makes an event not signalled: <c>NtClearEvent</c>, ResetEvent to a program.</summary>
    NtStatus NtClearEvent(ulong requestId, NtHandle handle);

    /// <summary>
    /// Maps a view of a whole section into the process's memory: <c>NtMapViewOfSection</c>. The view stays when the handle is closed, and
    /// goes with <see cref="NtUnmapViewOfSection"/> or the process.
    /// </summary>
    /// <param name="requestId">The API call that this belongs to.</param>
    /// <param name="section">A handle of a section, which a driver gave the process.</param>
    /// <param name="access">Reading, or writing and reading. Writing into a view for reading is a fault.</param>
    /// <param name="view">Where it is, and its bytes.</param>
    /// <returns>
    /// Success; <see cref="NtStatus.AccessDenied"/> for writing where the section is for reading only; <see cref="NtStatus.NoMemory"/>
    /// where there is no room for it.
    /// </returns>
    NtStatus NtMapViewOfSection(ulong requestId, NtHandle section, MemoryAccess access, out UserRange view);

    /// <summary>Unmaps the view that an address lies in: <c>NtUnmapViewOfSection</c>.</summary>
    /// <returns>Success, or <see cref="NtStatus.NotMappedView"/>.</returns>
    NtStatus NtUnmapViewOfSection(ulong requestId, ulong address);

    /// <summary>
    /// Reads a driver's file from its start. It stands for <c>NtCreateFile</c>, <c>NtReadFile</c> and <c>NtClose</c>: the machine has
    /// no other files.
    /// </summary>
    /// <param name="requestId">The API call that this belongs to.</param>
    /// <param name="path">UTF-16 bytes of the path in user memory.</param>
    /// <param name="buffer">Where the bytes go, as many as fit; <see cref="UserRange.Null"/> to ask for the length only.</param>
    /// <param name="length">Bytes in the file.</param>
    /// <returns>Success; <see cref="NtStatus.ObjectNameNotFound"/>; <see cref="NtStatus.AccessViolation"/>.</returns>
    NtStatus ReadImage(ulong requestId, UserRange path, UserRange buffer, out uint length);

    /// <summary>
    /// Creates a driver service with an NpiModuleId under its parameters: a request to the service control manager, who is asked by RPC on
    /// a real machine and serves administrators only.
    /// </summary>
    /// <param name="requestId">The API call that this belongs to.</param>
    /// <param name="name">UTF-16 bytes of its name in user memory.</param>
    /// <param name="imagePath">UTF-16 bytes of its image's path.</param>
    /// <param name="moduleId">The module that the driver is to be.</param>
    /// <returns>Success; <see cref="NtStatus.AccessDenied"/>; what the names come to.</returns>
    NtStatus CreateService(ulong requestId, UserRange name, UserRange imagePath, Guid moduleId);

    /// <summary>Deletes a driver service, as <see cref="CreateService"/> creates one. A driver that it started goes on.</summary>
    NtStatus DeleteService(ulong requestId, UserRange name);

    /// <summary>Ends this process: <c>NtTerminateProcess</c> on itself.</summary>
    NtStatus NtTerminateProcess(NtStatus exitStatus);

    /// <summary>
    /// An exception that nothing in the process handles: records it, ends the process, and closes what it held.
    /// </summary>
    void UnhandledFault(ulong requestId, in AccessViolation violation);

    /// <summary>
    /// What the kernel refused last under a request id: not a system call of the real platform, which leaves only a trace event.
    /// </summary>
    bool TryGetRefusal(ulong requestId, out CheckRefusal refusal);
}
