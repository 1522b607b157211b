using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <content>Bytes, strings and checksums.</content>
public readonly unsafe ref partial struct EbpfProgramContext
{
    /// <summary>Copies bytes: <c>bpf_memcpy_s</c>.</summary>
    /// <returns>0, or -22 for a source longer than the destination.</returns>
    [Helper(BpfFuncId.Memcpy)]
    public int MemcpyS(Span<byte> destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* d = destination, s = source)
        {
            return MemoryHelpers.Copy(d, (ulong)destination.Length, s, (ulong)source.Length);
        }
    }

    /// <summary>Copies bytes that may overlap: <c>bpf_memmove_s</c>. Otherwise like <see cref="MemcpyS"/>.</summary>
    [Helper(BpfFuncId.Memmove)]
    public int MemmoveS(Span<byte> destination, ReadOnlySpan<byte> source) => MemcpyS(destination, source);

    /// <summary>Fills bytes: <c>bpf_memset</c>.</summary>
    [Helper(BpfFuncId.Memset)]
    public void Memset(Span<byte> buffer, byte value)
    {
        fixed (byte* b = buffer)
        {
            MemoryHelpers.Fill(b, (ulong)buffer.Length, value);
        }
    }

    /// <summary>Compares bytes: <c>bpf_memcmp_s</c>. Returns -1, 0 or 1.</summary>
    [Helper(BpfFuncId.Memcmp)]
    public int MemcmpS(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        fixed (byte* f = first, s = second)
        {
            return MemoryHelpers.Compare(f, (ulong)first.Length, s, (ulong)second.Length);
        }
    }

    /// <summary>
    /// The change of a checksum when some bytes replace others: <c>bpf_csum_diff</c>. Lengths must be multiples of 4, otherwise the result is -22.
    /// </summary>
    [Helper(BpfFuncId.CsumDiff)]
    public int CsumDiff(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, int seed)
    {
        fixed (byte* f = from, t = to)
        {
            return MemoryHelpers.ChecksumDifference(f, from.Length, t, to.Length, seed);
        }
    }

    /// <summary>
    /// Copies a string, up to its zero or to the end of <paramref name="source"/>, terminates it, and fills the rest of the destination with zeros:
    /// <c>bpf_strncpy_s</c>.
    /// </summary>
    /// <returns>0, or an NTSTATUS: 0x80000005 if it was truncated, 0xC000000D for a destination that cannot hold a string.</returns>
    [Helper(BpfFuncId.StrncpyS)]
    public int StrncpyS(Span<byte> destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* d = destination, s = source)
        {
            return StringHelpers.Copy(d, (ulong)destination.Length, s, (ulong)source.Length);
        }
    }

    /// <summary>
    /// Appends a string to the one in the destination: <c>bpf_strncat_s</c>. Otherwise like <see cref="StrncpyS"/>; 0xC000000D also
    /// if the destination has no terminator.
    /// </summary>
    [Helper(BpfFuncId.StrncatS)]
    public int StrncatS(Span<byte> destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* d = destination, s = source)
        {
            return StringHelpers.Concatenate(d, (ulong)destination.Length, s, (ulong)source.Length);
        }
    }

    /// <summary>Length of a string in bytes, without its terminator; the whole span if there is none: <c>bpf_strnlen_s</c>.</summary>
    [Helper(BpfFuncId.StrnlenS)]
    public int StrnlenS(ReadOnlySpan<byte> text)
    {
        fixed (byte* t = text)
        {
            return (int)StringHelpers.Length(t, (ulong)text.Length);
        }
    }
}
