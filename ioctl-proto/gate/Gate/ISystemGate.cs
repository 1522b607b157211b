namespace KernelSim.Protocol.Gate;

/// <summary>
/// Everything that a simulated user process can do to its machine: the few system calls, and its own memory. Only ranges and numbers
/// cross this interface, never references, so a process may run in another host process than its kernel.
/// </summary>
/// <remarks>
/// Each call carries the request id of the API call that it belongs to, as ETW's activity id would. With 0 the kernel numbers the
/// request itself. After the process has ended, every call returns <see cref="NtStatus.ProcessIsTerminating"/>.
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
    /// <returns>False if the process has ended; there is then no call to end.</returns>
    bool BeginCall(out ulong requestId);

    /// <summary>Ends an API call that was begun on the same thread.</summary>
    void EndCall(ulong requestId);

    /// <summary>Opens a device by name: <c>NtCreateFile</c>.</summary>
    /// <param name="requestId">Request id of the API call, or 0.</param>
    /// <param name="name">UTF-16 bytes of the name in user memory, such as <c>\\.\EbpfIoDevice</c> or <c>\Device\EbpfIoDevice</c>.</param>
    /// <param name="options">Whether the file object is synchronous.</param>
    /// <param name="handle">The new handle on success.</param>
    NtStatus NtCreateFile(ulong requestId, UserRange name, CreateFileOptions options, out NtHandle handle);

    /// <summary>Sends a control code with a request and room for a reply: <c>NtDeviceIoControlFile</c>.</summary>
    /// <param name="requestId">Request id of the API call, or 0.</param>
    /// <param name="file">A handle of a file object.</param>
    /// <param name="completionEvent">An event set when the request completes, or <see cref="NtHandle.Invalid"/>. See the remarks.</param>
    /// <param name="ioStatusBlock">Address of the 16-byte <see cref="IoStatusBlock"/> to write, in user memory. See the remarks.</param>
    /// <param name="controlCode">The control code, as built by <c>CTL_CODE</c>.</param>
    /// <param name="input">The request's bytes in user memory.</param>
    /// <param name="output">Room for the reply; may be <see cref="UserRange.Null"/>.</param>
    /// <returns>The status; <see cref="NtStatus.Pending"/> only on an overlapped file object.</returns>
    /// <remarks>
    /// If the call itself returns an error status, neither the event nor the status block is touched: the event stays cleared, the block
    /// unchanged. For success, warnings, and every outcome of a request that returned pending, both are written.
    /// </remarks>
    NtStatus NtDeviceIoControlFile(
        ulong requestId, NtHandle file, NtHandle completionEvent, ulong ioStatusBlock, IoControlCode controlCode, UserRange input, UserRange output);

    /// <summary>
    /// Requests cancellation of this process's outstanding requests on a file object, whichever thread sent them: what <c>NtCancelIoFileEx</c>
    /// does without a status block. The real <c>NtCancelIoFile</c> cancels only the calling thread's requests.
    /// </summary>
    NtStatus NtCancelIoFile(ulong requestId, NtHandle file);

    /// <summary>Closes a handle of any kind: <c>NtClose</c>.</summary>
    NtStatus NtClose(ulong requestId, NtHandle handle);

    /// <summary>Creates a second handle for the object behind a handle of this process: <c>NtDuplicateObject</c>.</summary>
    NtStatus NtDuplicateObject(ulong requestId, NtHandle handle, out NtHandle copy);

    /// <summary>Creates an event object: <c>NtCreateEvent</c>.</summary>
    NtStatus NtCreateEvent(ulong requestId, bool manualReset, bool initialState, out NtHandle handle);

    /// <summary>Waits for an event: <c>NtWaitForSingleObject</c>.</summary>
    /// <param name="requestId">Request id of the API call, or 0.</param>
    /// <param name="handle">A handle of an event.</param>
    /// <param name="timeout">Longest time to wait, in host time; negative waits forever.</param>
    /// <returns><see cref="NtStatus.Success"/> or <see cref="NtStatus.Timeout"/>.</returns>
    NtStatus NtWaitForSingleObject(ulong requestId, NtHandle handle, TimeSpan timeout);

    /// <summary>Signals an event: <c>NtSetEvent</c>.</summary>
    NtStatus NtSetEvent(ulong requestId, NtHandle handle);

    /// <summary>Makes an event not signalled: <c>NtClearEvent</c>, known to programs as ResetEvent.</summary>
    NtStatus NtClearEvent(ulong requestId, NtHandle handle);

    /// <summary>
    /// Maps a view of a whole section into the process's memory: <c>NtMapViewOfSection</c>. The view outlives the handle; it ends with
    /// <see cref="NtUnmapViewOfSection"/> or with the process.
    /// </summary>
    /// <param name="requestId">Request id of the API call, or 0.</param>
    /// <param name="section">A section handle that a driver gave the process.</param>
    /// <param name="access">Read, or read and write. Writing to a read-only view faults.</param>
    /// <param name="view">The address and size of the view.</param>
    /// <returns>
    /// Success; <see cref="NtStatus.AccessDenied"/> for a writable view of a read-only section; <see cref="NtStatus.NoMemory"/>
    /// if the address space has no room for it.
    /// </returns>
    NtStatus NtMapViewOfSection(ulong requestId, NtHandle section, MemoryAccess access, out UserRange view);

    /// <summary>Unmaps the view that an address lies in: <c>NtUnmapViewOfSection</c>.</summary>
    /// <returns>Success, or <see cref="NtStatus.NotMappedView"/>.</returns>
    NtStatus NtUnmapViewOfSection(ulong requestId, ulong address);

    /// <summary>
    /// Reads a driver's image file from its start. Stands for <c>NtCreateFile</c>, <c>NtReadFile</c> and <c>NtClose</c>: the machine has
    /// no other files.
    /// </summary>
    /// <param name="requestId">Request id of the API call, or 0.</param>
    /// <param name="path">UTF-16 bytes of the path in user memory.</param>
    /// <param name="buffer">Receives as many bytes as fit; <see cref="UserRange.Null"/> to query the length only.</param>
    /// <param name="length">Size of the file in bytes.</param>
    /// <returns>Success; <see cref="NtStatus.ObjectNameNotFound"/>; <see cref="NtStatus.AccessViolation"/>.</returns>
    NtStatus ReadImage(ulong requestId, UserRange path, UserRange buffer, out uint length);

    /// <summary>
    /// Creates a driver service with an NpiModuleId under its parameters. Stands for the RPC to the service control manager, which serves
    /// administrators only.
    /// </summary>
    /// <param name="requestId">Request id of the API call, or 0.</param>
    /// <param name="name">UTF-16 bytes of the service name in user memory.</param>
    /// <param name="imagePath">UTF-16 bytes of the path of the driver's image.</param>
    /// <param name="moduleId">The module id that the driver is started with.</param>
    /// <returns>Success; <see cref="NtStatus.AccessDenied"/>; an error if a name is invalid.</returns>
    NtStatus CreateService(ulong requestId, UserRange name, UserRange imagePath, Guid moduleId);

    /// <summary>Deletes a driver service that <see cref="CreateService"/> created. A driver that it started keeps running.</summary>
    NtStatus DeleteService(ulong requestId, UserRange name);

    /// <summary>Ends this process: <c>NtTerminateProcess</c> on itself.</summary>
    NtStatus NtTerminateProcess(NtStatus exitStatus);

    /// <summary>
    /// Reports an exception that nothing in the process handles: records it, ends the process, and closes its handles.
    /// </summary>
    void UnhandledFault(ulong requestId, in AccessViolation violation);

    /// <summary>
    /// The last refusal recorded under a request id. Not a system call of the real platform, which leaves only a trace event.
    /// </summary>
    bool TryGetRefusal(ulong requestId, out CheckRefusal refusal);
}
