using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode;

// Modules, programs and links.
public sealed partial class BpfSession
{
    /// <summary>Opens a native module and loads its maps and programs: <c>bpf_object__open</c> and <c>bpf_object__load</c>.</summary>
    /// <param name="path">Path of the module's file on the machine.</param>
    /// <param name="pinRoot">See <c>pin_root_path</c> of <see cref="Libbpf.bpf_object__open_file"/>; null for <c>/ebpf/global</c>.</param>
    /// <exception cref="BpfException">The file does not exist, is not a module, or cannot be loaded.</exception>
    public BpfModule LoadModule(string path, string? pinRoot = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        bpf_object opened = Library.bpf_object__open_file(path, pin_root_path: pinRoot)
            ?? throw Refused($"module '{path}': open", Library.errno);
        int result = Library.bpf_object__load(opened);
        if (result < 0)
        {
            BpfException exception = Refused($"module '{path}': load", (Errno)(-result));
            Library.bpf_object__close(opened);
            throw exception;
        }

        return new BpfModule(this, opened);
    }

    /// <summary>Opens a program by its id.</summary>
    /// <param name="id">Id of the program.</param>
    /// <exception cref="BpfException">No program has this id.</exception>
    public BpfProgram OpenProgram(uint id)
    {
        int fd = Require(Library.bpf_prog_get_fd_by_id(id), $"program of id {id}: bpf_prog_get_fd_by_id");
        BpfProgInfo info = InfoOf<BpfProgInfo>(fd);
        return new BpfProgram(this, fd, info.Name.ToString(), info.AttachTypeUuid);
    }

    /// <summary>Opens a link by its id.</summary>
    /// <param name="id">Id of the link.</param>
    /// <exception cref="BpfException">No link has this id.</exception>
    public BpfLink OpenLink(uint id) => new(this, Require(Library.bpf_link_get_fd_by_id(id), $"link of id {id}: bpf_link_get_fd_by_id"));

    /// <summary>
    /// Waits until every program run and every request that is in progress now has ended: <c>ebpf_program_synchronize</c>.
    /// </summary>
    /// <exception cref="BpfException">The kernel refused.</exception>
    public void Synchronize()
    {
        EbpfResult result = Library.ebpf_program_synchronize();
        if (result != EbpfResult.Success)
        {
            throw Refused("session: ebpf_program_synchronize", ResultConversions.ToErrno(result));
        }
    }

    /// <summary>The kernel's info of an object.</summary>
    internal TInfo InfoOf<TInfo>(int descriptor)
        where TInfo : unmanaged
    {
        using ProcessBytes info = new(Library.Gate, Unsafe.SizeOf<TInfo>());
        using ProcessBytes length = new(Library.Gate, BitConverter.GetBytes(Unsafe.SizeOf<TInfo>()));
        Require(Library.bpf_obj_get_info_by_fd(descriptor, info.Address, length.Address), "bpf_obj_get_info_by_fd");
        return MemoryMarshal.Read<TInfo>(info.ToArray(Unsafe.SizeOf<TInfo>()));
    }

    /// <summary>A map's id, which its info starts with. (For a program at least 24 bytes must be requested.)</summary>
    internal uint IdOf(int descriptor) => InfoOf<uint>(descriptor);

    /// <summary>Throws if a libbpf-shaped call failed; otherwise returns its value.</summary>
    internal int Require(int result, string what) => result >= 0 ? result : throw Refused(what, (Errno)(-result));

    /// <summary>Creates the exception for the libbpf-shaped call that has just failed.</summary>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    internal BpfException Refused(string what, Errno errno) =>
        Library.LastRefusal is { } refusal ? new BpfException(refusal)
        : Library.Gate.HasExited ? throw new ProcessExitedException(Library.Gate.ProcessId, violation: null)
        : new BpfException($"{what} -> {ResultConversions.NameOf(errno)}", errno);
}
