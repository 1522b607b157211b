namespace KernelSim.Tool.Bpftool.Types;

/// <summary>The same part of each CPU's value.</summary>
/// <param name="bytes">The values of all CPUs.</param>
/// <param name="stride">Bytes from one to the next.</param>
/// <param name="count">Number of CPUs.</param>
/// <param name="offset">Offset of the part in a value.</param>
internal readonly ref struct CpuValues(ReadOnlySpan<byte> bytes, int stride, int count, int offset = 0)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>Number of CPUs.</summary>
    public int Count => count;

    /// <summary>A CPU's.</summary>
    public ReadOnlySpan<byte> this[int cpu] => _bytes[((cpu * stride) + offset)..];

    /// <summary>A part of the part.</summary>
    public CpuValues At(uint further) => new(_bytes, stride, count, offset + (int)further);
}
