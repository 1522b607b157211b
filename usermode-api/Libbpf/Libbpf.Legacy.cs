using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

// Older names of what others do, which upstream still exports.
public sealed partial class Libbpf
{
    /// <summary>The older <see cref="bpf_prog_load"/>.</summary>
    /// <param name="type">As <c>prog_type</c> there.</param>
    /// <param name="insns">As there.</param>
    /// <param name="insns_cnt">As there.</param>
    /// <param name="license">Address of its licence; not looked at.</param>
    /// <param name="kern_version">Not looked at.</param>
    /// <param name="log_buf">Address of room for the verifier's log; not looked at.</param>
    /// <param name="log_buf_sz">Bytes of that room, at most 2^32 - 1.</param>
    /// <returns>As <see cref="bpf_prog_load"/>; -EINVAL for more room than that.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameters.")]
    public int bpf_load_program(
        BpfProgType type, ulong insns, ulong insns_cnt, ulong license, uint kern_version, ulong log_buf, ulong log_buf_sz) =>
        log_buf_sz > uint.MaxValue
            ? Call(new RefuseCall(0, CheckTable.ApiProgramLoadArguments, $"log_buf_sz {log_buf_sz} given"))
            : bpf_prog_load(type, prog_name: 0, license, insns, insns_cnt);

    /// <summary>Opens and loads a file in one call: <c>bpf_prog_load_deprecated</c>.</summary>
    /// <param name="file_name">As in <see cref="bpf_object__open"/>.</param>
    /// <param name="type">Must be a program type, or unspecified; a native module's programs have their own.</param>
    /// <param name="object">The object, to be closed with <see cref="bpf_object__close"/>; null on failure.</param>
    /// <param name="program_fd">The descriptor of its first program, which stays the object's; -1 on failure.</param>
    /// <returns>0; -EINVAL for a number that is no type; as <see cref="bpf_object__open"/> and <see cref="bpf_object__load"/>.</returns>
    public int bpf_prog_load_deprecated(string file_name, BpfProgType type, out bpf_object? @object, out int program_fd)
    {
        ArgumentNullException.ThrowIfNull(file_name);
        (@object, program_fd) = (null, -1);
        if (ebpf_get_ebpf_program_type(type) is null)
        {
            return Fail(Errno.EINVAL);
        }

        bpf_object? opened = bpf_object__open(file_name);
        if (opened is null)
        {
            return -(int)errno;
        }

        int result = bpf_object__load(opened);
        if (result < 0)
        {
            bpf_object__close(opened);
            return result;
        }

        program_fd = bpf_object__next_program(opened, null)?.Fd ?? -1;
        @object = opened;
        return 0;
    }

    /// <summary>As <see cref="bpf_object__next_map"/>, with its arguments the other way round.</summary>
    /// <param name="map">The map before; null for the first.</param>
    /// <param name="obj">The object.</param>
    public static bpf_map? bpf_map__next(bpf_map? map, bpf_object obj) => bpf_object__next_map(obj, map);

    /// <summary>As <see cref="bpf_object__prev_map"/>, with its arguments the other way round.</summary>
    /// <param name="map">The map after; null for the last.</param>
    /// <param name="obj">The object.</param>
    public static bpf_map? bpf_map__prev(bpf_map? map, bpf_object obj) => bpf_object__prev_map(obj, map);

    /// <summary>As <see cref="bpf_object__next_program"/>, with its arguments the other way round.</summary>
    /// <param name="prog">The program before; null for the first.</param>
    /// <param name="obj">The object.</param>
    public bpf_program? bpf_program__next(bpf_program? prog, bpf_object obj) => bpf_object__next_program(obj, prog);

    /// <summary>As <see cref="bpf_object__prev_program"/>, with its arguments the other way round.</summary>
    /// <param name="prog">The program after; null for the last.</param>
    /// <param name="obj">The object.</param>
    public bpf_program? bpf_program__prev(bpf_program? prog, bpf_object obj) => bpf_object__prev_program(obj, prog);

    /// <summary>As <see cref="bpf_program__type"/>.</summary>
    /// <param name="prog">The program.</param>
    public static BpfProgType bpf_program__get_type(bpf_program prog) => bpf_program__type(prog);

    /// <summary>The calling thread's errno, negated. On Linux errors can hide in pointers; here none does.</summary>
    /// <param name="ptr">What a call returned; not looked at.</param>
    /// <returns>-<see cref="errno"/>, also when the call went well and errno is an older one's.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameter; upstream does not look at it either.")]
    public long libbpf_get_error(object? ptr) => -(long)errno;
}
