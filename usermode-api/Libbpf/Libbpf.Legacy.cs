using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

// Older names of other functions, which upstream still exports.
public sealed partial class Libbpf
{
    /// <summary>Older form of <see cref="bpf_prog_load(BpfProgType, ulong, ulong, ulong, ulong, ulong)"/>.</summary>
    /// <param name="type">Like <c>prog_type</c> there.</param>
    /// <param name="insns">Address of 8-byte instructions.</param>
    /// <param name="insns_cnt">Number of instructions.</param>
    /// <param name="license">Address of the licence; ignored.</param>
    /// <param name="kern_version">Ignored.</param>
    /// <param name="log_buf">Address of the log buffer; NULL for none.</param>
    /// <param name="log_buf_sz">Size of the log buffer in bytes, at most 2^32 - 1.</param>
    /// <returns>See <see cref="bpf_prog_load(BpfProgType, ulong, ulong, ulong, ulong, ulong)"/>; -EINVAL for a larger log buffer.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameters.")]
    public int bpf_load_program(
        BpfProgType type, ulong insns, ulong insns_cnt, ulong license, uint kern_version, ulong log_buf, ulong log_buf_sz) =>
        log_buf_sz > uint.MaxValue
            ? Call(new RefuseCall(0, CheckTable.ApiProgramLoadArguments, $"log_buf_sz {log_buf_sz} given"))
            : WithBytes(
                MemoryMarshal.AsBytes([new BpfProgLoadOpts { Sz = 112, KernVersion = kern_version, LogSize = (uint)log_buf_sz, LogBuf = log_buf }]),
                opts => bpf_prog_load(type, prog_name: 0, license, insns, insns_cnt, opts));

    /// <summary>Opens and loads a file in one call: <c>bpf_prog_load_deprecated</c>.</summary>
    /// <param name="file_name">See <see cref="bpf_object__open"/>.</param>
    /// <param name="type">Must be a program type, or unspecified; a native module's programs have their own.</param>
    /// <param name="object">The object, to be closed with <see cref="bpf_object__close"/>; null on failure.</param>
    /// <param name="program_fd">Descriptor of its first program, which the object keeps owning; -1 on failure.</param>
    /// <returns>0; -EINVAL for an invalid type; otherwise see <see cref="bpf_object__open"/> and <see cref="bpf_object__load"/>.</returns>
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

    /// <summary><see cref="bpf_object__next_map"/> with its arguments swapped.</summary>
    /// <param name="map">The previous map; null for the first.</param>
    /// <param name="obj">An open object.</param>
    public static bpf_map? bpf_map__next(bpf_map? map, bpf_object obj) => bpf_object__next_map(obj, map);

    /// <summary><see cref="bpf_object__prev_map"/> with its arguments swapped.</summary>
    /// <param name="map">The following map; null for the last.</param>
    /// <param name="obj">An open object.</param>
    public static bpf_map? bpf_map__prev(bpf_map? map, bpf_object obj) => bpf_object__prev_map(obj, map);

    /// <summary><see cref="bpf_object__next_program"/> with its arguments swapped.</summary>
    /// <param name="prog">The previous program; null for the first.</param>
    /// <param name="obj">An open object.</param>
    public bpf_program? bpf_program__next(bpf_program? prog, bpf_object obj) => bpf_object__next_program(obj, prog);

    /// <summary><see cref="bpf_object__prev_program"/> with its arguments swapped.</summary>
    /// <param name="prog">The following program; null for the last.</param>
    /// <param name="obj">An open object.</param>
    public bpf_program? bpf_program__prev(bpf_program? prog, bpf_object obj) => bpf_object__prev_program(obj, prog);

    /// <summary>Same as <see cref="bpf_program__type"/>.</summary>
    /// <param name="prog">A program of an open object.</param>
    public static BpfProgType bpf_program__get_type(bpf_program prog) => bpf_program__type(prog);

    /// <summary>The calling thread's errno, negated. On Linux, pointers can encode errors; here they do not.</summary>
    /// <param name="ptr">The return value of a call; ignored.</param>
    /// <returns>-<see cref="errno"/>, even if the call succeeded and errno is from an earlier one.</returns>
    [SuppressMessage("Style", "IDE0060", Justification = "libbpf's parameter; upstream does not look at it either.")]
    public long libbpf_get_error(object? ptr) => -(long)errno;
}
