using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Io;

/// <summary>A control request as the system call gave it, before there is an IRP for it.</summary>
internal readonly ref struct ControlCall(
    KeThread current, PsProcess process, FileObject file, ulong ioStatusBlock, IoControlCode code, UserRange input, UserRange output)
{
    public KeThread Current { get; } = current;

    public PsProcess Process { get; } = process;

    public FileObject File { get; } = file;

    public ulong IoStatusBlock { get; } = ioStatusBlock;

    public IoControlCode Code { get; } = code;

    public UserRange Input { get; } = input;

    public UserRange Output { get; } = output;

    /// <summary>Records that it was made.</summary>
    /// <param name="start">The first 8 bytes of its request; 0 if they cannot be read.</param>
    public void Record(ulong start) => Current.RecordIoctl(Process.Id, Code.Value, start, Input.Length, Output.Length);
}
