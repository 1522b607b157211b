using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bpftool.Kernel;

/// <summary>
/// The calls of one process to its machine. Each returns what the library function returned: 0 or a descriptor, or an errno, negated.
/// </summary>
/// <param name="gate">The process's gate.</param>
/// <param name="library">The library loaded into the process.</param>
/// <param name="lab">The machine, for what no call returns.</param>
internal sealed class BpftoolKernel(ISystemGate gate, Libbpf library, LabMachine lab)
{
    /// <summary>The library loaded into the process.</summary>
    public Libbpf Library => library;

    /// <summary>The process's memory.</summary>
    public ProcessMemory Memory { get; } = new(gate);

    /// <summary>Possible processors of the machine.</summary>
    public int Processors => gate.MaximumProcessorCount;

    /// <summary>Whether the process has ended.</summary>
    public bool HasExited => gate.HasExited;

    /// <summary>The next larger id of an object.</summary>
    public int NextId(ObjectKind kind, uint id, out uint next)
    {
        using HeapBlock room = new(Memory, sizeof(uint));
        int result = kind.NextId(library, id, room.Address);
        if (result == 0)
        {
            room.Pull();
        }

        next = BitConverter.ToUInt32(room.Bytes);
        return result;
    }

    /// <summary>Opens an object by its id.</summary>
    public int Open(ObjectKind kind, uint id) => kind.Open(library, id);

    /// <summary>Opens a pinned object.</summary>
    public int OpenPinned(string path) => library.bpf_obj_get(path);

    /// <summary>Pins an object. bpftool looks for the folder of the path first, and an empty path has none.</summary>
    public int Pin(int fd, string path) => path.Length == 0 ? -(int)Errno.ENOENT : library.bpf_obj_pin(fd, path);

    /// <summary>Closes a descriptor.</summary>
    public void Close(int fd) => library.close(fd);

    /// <summary>The type of an object.</summary>
    public EbpfObjectType TypeOf(int fd)
    {
        library.ebpf_object_get_info_by_fd(fd, 0, 0, out EbpfObjectType type);
        return type;
    }

    /// <summary>The facts about an object.</summary>
    /// <param name="fd">Its descriptor.</param>
    /// <param name="info">In: what the kernel reads, such as the address of room. Out: the facts.</param>
    public int GetInfo<TInfo>(int fd, ref TInfo info)
        where TInfo : unmanaged
    {
        using HeapBlock room = new(Memory, (uint)Unsafe.SizeOf<TInfo>());
        using HeapBlock length = new(Memory, sizeof(uint));
        MemoryMarshal.Write(room.Bytes, info);
        room.Push();
        MemoryMarshal.Write(length.Bytes, Unsafe.SizeOf<TInfo>());
        length.Push();
        int result = library.bpf_obj_get_info_by_fd(fd, room.Address, length.Address);
        if (result == 0)
        {
            room.Pull();
            info = MemoryMarshal.Read<TInfo>(room.Bytes);
        }

        return result;
    }

    /// <summary>A program's instructions; null if no program has the id.</summary>
    public ProgramListing? ListingOf(uint id)
    {
        if (lab.Driver.ReferenceProgram(id, out EbpfProgram? program) != EbpfResult.Success)
        {
            return null;
        }

        ProgramListing listing = new(program!, lab.Symbols);
        program!.Dereference();
        return listing;
    }

    /// <summary>The next pinned object.</summary>
    /// <param name="path">In: the path before it, empty for the first. Out: its path.</param>
    /// <param name="kind">The kind wanted.</param>
    public bool NextPinned(ref string path, ObjectKind kind)
    {
        EbpfObjectType type = kind.Type;
        return library.ebpf_get_next_pinned_object_path(path, out path, ref type) == EbpfResult.Success;
    }
}
