using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>
/// A native module or object file that a .NET program has loaded: its programs and maps. Upstream's name for it is <c>struct bpf_object</c>.
/// </summary>
/// <remarks>Its programs and maps are closed with it; what is attached through a <see cref="BpfLink"/> or pinned stays.</remarks>
public sealed class BpfModule : IDisposable
{
    private readonly bpf_object _object;
    private int _disposed;

    internal BpfModule(BpfSession session, bpf_object loaded)
    {
        Session = session;
        _object = loaded;
        Programs = [.. loaded.Programs.Select(p => new BpfProgram(this, p))];
    }

    /// <summary>The session in which it was loaded.</summary>
    public BpfSession Session { get; }

    /// <summary>Path of its file.</summary>
    public string Path => _object.Path;

    /// <summary>Its programs, in the file's order.</summary>
    public IReadOnlyList<BpfProgram> Programs { get; }

    /// <summary>The names of its maps, in the file's order.</summary>
    public IReadOnlyList<string> MapNames => [.. _object.Maps.Select(m => m.Entry.Name!)];

    /// <summary>The program with a name.</summary>
    /// <exception cref="KeyNotFoundException">There is no such program; the message lists the existing ones.</exception>
    public BpfProgram Program(string name) =>
        Programs.FirstOrDefault(p => p.Name == name) ?? throw Missing("program", name, Programs.Select(p => p.Name));

    /// <summary>The descriptor of the map with a name, for typed maps and libbpf-shaped calls; the module keeps owning it.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those that there are.</exception>
    /// <exception cref="ObjectDisposedException">The module is closed.</exception>
    public int MapDescriptor(string name)
    {
        ObjectDisposedException.ThrowIf(IsDisposed, this);
        return _object.Maps.FirstOrDefault(m => m.Entry.Name == name)?.Fd ?? throw Missing("map", name, MapNames);
    }

    /// <summary>The id of the map with a name, for opening a typed map.</summary>
    /// <exception cref="KeyNotFoundException">There is none; the message lists those that there are.</exception>
    /// <exception cref="ObjectDisposedException">The module is closed.</exception>
    public uint MapId(string name) => Session.IdOf(MapDescriptor(name));

    /// <summary>Whether it has been closed: its descriptors are then invalid, or have been reused.</summary>
    internal bool IsDisposed => Volatile.Read(ref _disposed) != 0;

    /// <summary>Closes its programs and maps; its driver is unloaded once they are no longer in use.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0 && !Session.Library.IsDisposed)
        {
            Session.Library.bpf_object__close(_object);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"module '{Path}'";

    private KeyNotFoundException Missing(string kind, string name, IEnumerable<string> existing) =>
        new($"{this}: no {kind} '{name}'; it has {string.Join(", ", existing.Select(e => $"'{e}'"))}");
}

public sealed partial class BpfSession
{
    /// <summary>
    /// Opens a native module or an object file and loads its maps and programs: <c>bpf_object__open</c> and <c>bpf_object__load</c>.
    /// </summary>
    /// <param name="path">Path of a native module's file on the machine (.sys, .dll), or of an object file (ELF) on the host.</param>
    /// <param name="pinRoot">See <c>pin_root_path</c> of <see cref="Libbpf.bpf_object__open_file"/>; null for <c>/ebpf/global</c>.</param>
    /// <param name="execution">How the programs of an object file run; any is the compiler.</param>
    /// <exception cref="BpfException">The file does not exist, cannot be read, or cannot be loaded.</exception>
    public BpfModule LoadModule(string path, string? pinRoot = null, EbpfExecutionType execution = EbpfExecutionType.Any)
    {
        ArgumentNullException.ThrowIfNull(path);
        bpf_object opened = Library.bpf_object__open_file(path, pin_root_path: pinRoot)
            ?? throw Refused($"module '{path}': open", Library.errno);
        int result = Libbpf.ebpf_object_set_execution_type(opened, execution) == EbpfResult.Success
            ? Library.bpf_object__load(opened)
            : -(int)Errno.EINVAL;
        if (result < 0)
        {
            BpfException exception = Refused($"module '{path}': load", (Errno)(-result));
            Library.bpf_object__close(opened);
            throw exception;
        }

        return new BpfModule(this, opened);
    }

    /// <summary>Creates the exception for the libbpf-shaped call that has just failed.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    private BpfException Refused(string what, Errno errno) =>
        Library.LastRefusal is { } refusal ? new BpfException(refusal)
        : Library.Gate.HasExited ? throw new ProcessExitedException(Library.Gate.ProcessId, violation: null)
        : new BpfException($"{what} -> {ResultConversions.NameOf(errno)}", errno);
}
