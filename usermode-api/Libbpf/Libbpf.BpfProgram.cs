using System.Text;
using KernelSim.Bytecode;
using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Programs of an object: upstream's libbpf_program.cpp.
public sealed partial class Libbpf
{
    /// <summary>A program's descriptor, which the object keeps owning; -1 while the object is not loaded.</summary>
    /// <param name="program">A program of an open object.</param>
    public static int bpf_program__fd(bpf_program program) => Checked(program).Fd;

    /// <summary>A program's name.</summary>
    /// <param name="prog">A program of an open object.</param>
    public static string? bpf_program__name(bpf_program prog) => Checked(prog).Entry.Name;

    /// <summary>The name of a program's section.</summary>
    /// <param name="program">A program of an open object.</param>
    public static string bpf_program__section_name(bpf_program program) => Checked(program).Entry.Section;

    /// <summary>A program's type.</summary>
    /// <param name="program">A program of an open object.</param>
    public static BpfProgType bpf_program__type(bpf_program program) =>
        ProgramTypeTable.Find(Checked(program).ProgramType)?.Type ?? BpfProgType.Unspec;

    /// <summary>Sets a program's type. That of a native program is fixed by its verification.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <param name="type">The type; a number that no type has leaves the program without one.</param>
    /// <returns>0; -EBUSY once it is loaded; -EINVAL for a native program.</returns>
    public int bpf_program__set_type(bpf_program program, BpfProgType type)
    {
        if (Checked(program).Owner.IsLoaded)
        {
            return Fail(Errno.EBUSY);
        }

        if (program.Owner.File is null)
        {
            return Fail(Errno.EINVAL);
        }

        program.ProgramType = ProgramTypeTable.Find(type)?.Id ?? Guid.Empty;
        return 0;
    }

    /// <summary>The attach type that a program expects.</summary>
    /// <param name="program">A program of an open object.</param>
    public static BpfAttachType bpf_program__get_expected_attach_type(bpf_program program) =>
        AttachTypeTable.Find(Checked(program).AttachType)?.Type ?? BpfAttachType.Unspec;

    /// <summary>Sets the attach type that a program expects. Loading a native program restores the type that it was compiled with.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <param name="type">The attach type; an invalid number changes nothing.</param>
    /// <returns>0; -EBUSY once it is loaded.</returns>
    public int bpf_program__set_expected_attach_type(bpf_program program, BpfAttachType type)
    {
        if (Checked(program).Owner.IsLoaded)
        {
            return Fail(Errno.EBUSY);
        }

        program.AttachType = AttachTypeTable.Find(type)?.Id ?? program.AttachType;
        return 0;
    }

    /// <summary>Number of instructions of a program: 0 for a native one, which has no bytecode.</summary>
    /// <param name="program">A program of an open object.</param>
    public static ulong bpf_program__insn_cnt(bpf_program program) => (ulong)(Checked(program).Source?.Instructions.Length ?? 0);

    /// <summary>The instructions of a program as its object has them, with those of the functions that it calls behind them.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <returns>The instructions; where one refers to a map, it has the map's place in the object. None for a native program.</returns>
    public static IReadOnlyList<BpfInstruction> bpf_program__insns(bpf_program program) => Checked(program).Source?.Instructions ?? [];

    /// <summary>Size in bytes of a program's instructions, 8 for each.</summary>
    /// <param name="program">A program of an open object.</param>
    public static ulong bpf_program__size(bpf_program program) => bpf_program__insn_cnt(program) * 8;

    /// <summary>The log of a program's last load: why the check refused it. None for a native program, which was verified at compile time.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <param name="log_size">Size of the log in bytes, with its terminator; 0 for none.</param>
    /// <returns>The log; null for none.</returns>
    public static string? bpf_program__log_buf(bpf_program program, out ulong log_size)
    {
        string? log = Checked(program).Log;
        log_size = log is null ? 0 : (ulong)Encoding.UTF8.GetByteCount(log) + 1;
        return log;
    }

    /// <summary>
    /// Whether the program is loaded with its object. A native module is loaded as a whole; a program of it with autoload off then has no
    /// descriptor, and is freed unless a map of the module holds it.
    /// </summary>
    /// <param name="program">A program of an open object.</param>
    public static bool bpf_program__autoload(bpf_program program) => Checked(program).Autoload;

    /// <summary>Sets <see cref="bpf_program__autoload"/>.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <param name="autoload">Whether to load the program with its object.</param>
    /// <returns>0; -EINVAL once it is loaded.</returns>
    public int bpf_program__set_autoload(bpf_program program, bool autoload)
    {
        if (Checked(program).Owner.IsLoaded)
        {
            return Fail(Errno.EINVAL);
        }

        program.Autoload = autoload;
        return 0;
    }

    /// <summary>The flags that hooks get when the program is attached.</summary>
    /// <param name="prog">A program of an open object.</param>
    public static uint bpf_program__flags(bpf_program prog) => Checked(prog).Flags;

    /// <summary>Sets the flags that hooks get when the program is attached.</summary>
    /// <param name="prog">A program of an open object.</param>
    /// <param name="flags">The flags, not interpreted by the library.</param>
    /// <returns>0; -EBUSY once it is loaded.</returns>
    public int bpf_program__set_flags(bpf_program prog, uint flags)
    {
        if (Checked(prog).Owner.IsLoaded)
        {
            return Fail(Errno.EBUSY);
        }

        prog.Flags = flags;
        return 0;
    }

    /// <summary>Attaches a program to the attach type that it expects.</summary>
    /// <param name="prog">A program of an open object.</param>
    /// <returns>The link; null with errno EINVAL: without an attach type, before it is loaded, or if no hook accepts it.</returns>
    public bpf_link? bpf_program__attach(bpf_program? prog)
    {
        if (prog is null)
        {
            Fail(Errno.EINVAL);
            return null;
        }

        Attach(prog, prog.AttachType, new AttachData(0, 0), nameof(bpf_program__attach), out bpf_link? link);
        return link;
    }

    /// <summary>Attaches an XDP program to an interface.</summary>
    /// <param name="prog">A program of an open object.</param>
    /// <param name="ifindex">Index of the interface.</param>
    /// <returns>See <see cref="bpf_program__attach"/>.</returns>
    public bpf_link? bpf_program__attach_xdp(bpf_program? prog, int ifindex)
    {
        if (prog is null)
        {
            Fail(Errno.EINVAL);
            return null;
        }

        Guid xdp = AttachTypeTable.Find(BpfAttachType.Xdp)!.Id;
        Attach(prog, xdp, new AttachData(ifindex), nameof(bpf_program__attach_xdp), out bpf_link? link);
        return link;
    }

    /// <summary>Attaches a program of an object: <c>ebpf_program_attach</c>.</summary>
    /// <param name="program">A program of an open object.</param>
    /// <param name="attach_type">GUID of the attach type; null for the expected one.</param>
    /// <param name="attach_parameters">Address of attach data; NULL for none.</param>
    /// <param name="attach_params_size">Size of the attach data in bytes.</param>
    /// <param name="link">The link; null on failure.</param>
    /// <returns>
    /// Success; INVALID_ARGUMENT without an attach type; INVALID_OBJECT before the object is loaded; EXTENSION_FAILED_TO_LOAD if there is no hook of
    /// that type, or it refuses the program or the data.
    /// </returns>
    public EbpfResult ebpf_program_attach(
        bpf_program program, Guid? attach_type, ulong attach_parameters, uint attach_params_size, out bpf_link? link)
    {
        AttachData data = new(attach_parameters, attach_params_size);
        return Attach(Checked(program), attach_type ?? program.AttachType, data, nameof(ebpf_program_attach), out link);
    }

    /// <summary>Pins a program.</summary>
    /// <param name="prog">The program; null is -EINVAL.</param>
    /// <param name="path">The pin path.</param>
    /// <returns>See <see cref="bpf_obj_pin(int, string)"/>.</returns>
    public int bpf_program__pin(bpf_program? prog, string? path) => prog is null ? Fail(Errno.EINVAL) : bpf_obj_pin(prog.Fd, path);

    /// <summary>Unpins what is pinned at a path.</summary>
    /// <param name="prog">A program; null is -EINVAL. As in upstream, any program will do.</param>
    /// <param name="path">The pin path.</param>
    /// <returns>0; -ENOENT.</returns>
    public int bpf_program__unpin(bpf_program? prog, string path) =>
        prog is null ? Fail(Errno.EINVAL) : ebpf_object_unpin(path) == EbpfResult.Success ? 0 : -(int)errno;

    /// <summary>Closes a program's descriptor.</summary>
    /// <param name="prog">A program of an open object.</param>
    public void bpf_program__unload(bpf_program prog) => Checked(prog).Fd = Drop(prog.Fd);

    /// <summary>
    /// Attaches a program of an object by its handle. Without one, before loading, the kernel refuses: not EBADF.
    /// </summary>
    private EbpfResult Attach(bpf_program program, Guid attachType, AttachData data, string function, out bpf_link? link)
    {
        EbpfResult result = Result(new AttachProgramCall(program.Fd, attachType, data, legacy: false, byHandle: true), out int fd, function);
        link = result == EbpfResult.Success ? new bpf_link(fd, pinPath: null) : null;
        return result;
    }

    private static bpf_program Checked(bpf_program program)
    {
        ArgumentNullException.ThrowIfNull(program);
        return program;
    }
}
