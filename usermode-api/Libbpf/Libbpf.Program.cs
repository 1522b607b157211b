using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.UserMode;

// Programs by descriptor: upstream's libbpf_program.cpp.
public sealed partial class Libbpf
{
    /// <summary>Opens a program by its id.</summary>
    /// <param name="id">Id of the object.</param>
    /// <returns>A new descriptor; -ENOENT.</returns>
    public int bpf_prog_get_fd_by_id(uint id) => Call(new OpenByIdCall(EbpfOperationId.GetProgramHandleById, id));

    /// <summary>Finds the smallest id of a program above another.</summary>
    /// <param name="start_id">Where to start; need not be an id. 0 for the first.</param>
    /// <param name="next_id">Address of room for the id, 4 bytes.</param>
    /// <returns>0; -ENOENT after the last.</returns>
    public int bpf_prog_get_next_id(uint start_id, ulong next_id) =>
        Call(new NextIdCall(EbpfOperationId.GetNextProgramId, start_id, next_id));

    /// <summary>Makes a program hold a map, which then lives as long as the program.</summary>
    /// <param name="prog_fd">Descriptor of the program.</param>
    /// <param name="map_fd">Descriptor of the map.</param>
    /// <param name="opts">Ignored.</param>
    /// <returns>0; -EBADF, also for a program array of programs of another type; -EINVAL for objects of other types.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameter; upstream does not look at it either.")]
    public int bpf_prog_bind_map(int prog_fd, int map_fd, ulong opts = 0) => Call(new BindMapCall(prog_fd, map_fd));

    /// <summary>Verifies and loads bytecode. This build has neither a compiler nor an interpreter for it.</summary>
    /// <param name="prog_type">The program's type.</param>
    /// <param name="prog_name">Address of the name; ignored.</param>
    /// <param name="license">Address of the licence; ignored, as in upstream.</param>
    /// <param name="insns">Address of 8-byte instructions.</param>
    /// <param name="insn_cnt">Number of instructions; ignored.</param>
    /// <param name="opts">Address of options; ignored.</param>
    /// <returns>-EINVAL for an invalid type, and for NULL instructions; otherwise -ENOTSUP, for the unspecified type too.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameters.")]
    public int bpf_prog_load(BpfProgType prog_type, ulong prog_name, ulong license, ulong insns, ulong insn_cnt, ulong opts = 0) =>
        Call(new LoadProgramCall(prog_type, insns));

    /// <summary>
    /// Attaches a program to a compartment (cgroup), for attach types <c>BPF_CGROUP_*</c>. There is no link to close: it stays attached
    /// until it is detached.
    /// </summary>
    /// <param name="prog_fd">Descriptor of the program.</param>
    /// <param name="attachable_fd">The compartment id, sent as attach data.</param>
    /// <param name="type">The attach type.</param>
    /// <param name="flags">Must be 0.</param>
    /// <returns>0; -EBADF; -ENOTSUP for other attach types and flags; -EINVAL for a program of another type; the error of the hook's provider.</returns>
    public int bpf_prog_attach(int prog_fd, int attachable_fd, BpfAttachType type, uint flags) =>
        Call(new AttachCompartmentCall(prog_fd, attachable_fd, type, flags));

    /// <summary>Detaches a program that <see cref="bpf_prog_attach"/> attached.</summary>
    /// <param name="prog_fd">Descriptor of the program; an invalid one stands for any.</param>
    /// <param name="attachable_fd">The compartment id.</param>
    /// <param name="type">The attach type.</param>
    /// <returns>0, even if nothing was attached; -EINVAL for an invalid attach type; -ENOTSUP for one that takes no compartment.</returns>
    public int bpf_prog_detach2(int prog_fd, int attachable_fd, BpfAttachType type) =>
        Call(new DetachCompartmentCall(prog_fd, attachable_fd, type));

    /// <summary>Detaches every program from a compartment: <see cref="bpf_prog_detach2"/> with no program.</summary>
    /// <param name="attachable_fd">The compartment id.</param>
    /// <param name="type">The attach type.</param>
    /// <returns>See <see cref="bpf_prog_detach2"/>.</returns>
    public int bpf_prog_detach(int attachable_fd, BpfAttachType type) => bpf_prog_detach2(-1, attachable_fd, type);

    /// <summary>Runs a program on data and a context that the caller supplies.</summary>
    /// <param name="prog_fd">Descriptor of the program. An invalid one is -EINVAL, not -EBADF.</param>
    /// <param name="opts">Address of a <see cref="BpfTestRunOpts"/>, which receives the results.</param>
    /// <returns>
    /// 0; -EINVAL for data that does not fit a message, a CPU that the machine does not have, a program type that cannot be test-run;
    /// -ENOBUFS (119) if the results do not fit their buffers; -EOTHER if the room for both is less than the context that is sent.
    /// </returns>
    public int bpf_prog_test_run_opts(int prog_fd, ulong opts) => Call(new TestRunCall(prog_fd, opts));

    /// <summary>Attaches an XDP program to an interface, in place of another if <c>XDP_FLAGS_REPLACE</c> (1) is set.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="prog_fd">Descriptor of the program; -1 only detaches.</param>
    /// <param name="flags"><c>XDP_FLAGS_REPLACE</c> or 0.</param>
    /// <param name="opts">Address of a <c>bpf_xdp_attach_opts</c>, whose old_prog_fd (offset 8) gives the program to replace; NULL for any.</param>
    /// <returns>0, or the error of the step that failed.</returns>
    public int bpf_xdp_attach(int ifindex, int prog_fd, uint flags, ulong opts = 0) =>
        Call(new AttachXdpCall(ifindex, prog_fd, flags, opts, oldProgram: -1));

    /// <summary>Detaches the XDP program of an interface.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="flags">See <see cref="bpf_xdp_attach"/>.</param>
    /// <param name="opts">See <see cref="bpf_xdp_attach"/>.</param>
    /// <returns>0, even if there was none.</returns>
    public int bpf_xdp_detach(int ifindex, uint flags, ulong opts = 0) => bpf_xdp_attach(ifindex, -1, flags, opts);

    /// <summary>Older form of <see cref="bpf_xdp_attach"/>.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="fd">Descriptor of the program; -1 only detaches.</param>
    /// <param name="flags">See <see cref="bpf_xdp_attach"/>.</param>
    /// <returns>See <see cref="bpf_xdp_attach"/>.</returns>
    public int bpf_set_link_xdp_fd(int ifindex, int fd, uint flags) =>
        Call(new AttachXdpCall(ifindex, fd, flags, options: 0, oldProgram: 0));

    /// <summary>The id of the XDP program that is attached to an interface.</summary>
    /// <param name="ifindex">Index of the interface.</param>
    /// <param name="flags">Ignored.</param>
    /// <param name="prog_id">Address of room for the id, 4 bytes; receives 0 first.</param>
    /// <returns>0; -ENOENT if there is none.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameter; upstream does not look at it either.")]
    public int bpf_xdp_query_id(int ifindex, int flags, ulong prog_id) => Call(new QueryXdpCall(ifindex, prog_id));

    /// <summary>The name of a program type; "unspec" for 0, null if the number is not a valid type.</summary>
    /// <param name="t">The type to look up.</param>
    public static string? libbpf_bpf_prog_type_str(BpfProgType t) => t == BpfProgType.Unspec ? "unspec" : ProgramTypeTable.Find(t)?.Name;

    /// <summary>The name of an attach type, which is its section prefix; "unspec" for 0, null if the number is not a valid type.</summary>
    /// <param name="t">The type to look up.</param>
    public static string? libbpf_bpf_attach_type_str(BpfAttachType t) => t == BpfAttachType.Unspec ? "unspec" : AttachTypeTable.Find(t)?.Section;

    /// <summary>The types that a section name stands for.</summary>
    /// <param name="name">The section's name; the longest known prefix decides.</param>
    /// <param name="prog_type">The program type.</param>
    /// <param name="expected_attach_type">The attach type.</param>
    /// <returns>0; -EINVAL for null; -ESRCH for a name with no known prefix.</returns>
    public int libbpf_prog_type_by_name(string? name, out BpfProgType prog_type, out BpfAttachType expected_attach_type)
    {
        prog_type = BpfProgType.Unspec;
        expected_attach_type = BpfAttachType.Unspec;
        if (name is null)
        {
            return Fail(Errno.EINVAL);
        }

        if (AttachTypeTable.FindBySection(name) is not { } row)
        {
            return Fail(Errno.ESRCH);
        }

        prog_type = ProgramTypeTable.Find(row.ProgramType)!.Type;
        expected_attach_type = row.Type;
        return 0;
    }

    /// <summary>The attach type that a section name stands for.</summary>
    /// <param name="name">See <see cref="libbpf_prog_type_by_name"/>.</param>
    /// <param name="attach_type">The attach type.</param>
    /// <returns>See <see cref="libbpf_prog_type_by_name"/>.</returns>
    public int libbpf_attach_type_by_name(string? name, out BpfAttachType attach_type) =>
        libbpf_prog_type_by_name(name, out _, out attach_type);

    /// <summary>Sets errno for functions whose C code returns an error itself, or that have undone something after the failure.</summary>
    /// <param name="error">The errno to set and, negated, return.</param>
    /// <param name="refusal">The check that refused before anything was undone; null for none.</param>
    private int Fail(Errno error, Refusal? refusal = null)
    {
        ThreadErrors errors = _errors.Value!;
        errors.Errno = error;
        errors.Refusal = refusal;
        return -(int)error;
    }
}
