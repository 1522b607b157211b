namespace KernelSim.Protocol.Gate;

/// <summary>How a file object waits: the flags of <c>NtCreateFile</c> that matter for a device.</summary>
[Flags]
public enum CreateFileOptions
{
    /// <summary>Overlapped: a request may return pending.</summary>
    None = 0,

    /// <summary><c>FILE_SYNCHRONOUS_IO_NONALERT</c>: the I/O manager waits for completion on the caller's behalf.</summary>
    SynchronousIo = 0x20,
}
