using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// A key or value of a custom map, truncated or zero-padded to the map's own size. Upstream checks no sizes for such maps; it and the
/// provider then read past the end of the message.
/// </summary>
internal readonly unsafe ref struct SizedArgument : IDisposable
{
    private readonly KeThread _current;
    private readonly byte* _copy;

    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="bytes">The bytes in the message.</param>
    /// <param name="given">How many bytes the message has.</param>
    /// <param name="size">How many bytes the map needs.</param>
    public SizedArgument(KeThread current, byte* bytes, int given, uint size)
    {
        _current = current;
        Bytes = bytes;
        if (given < size)
        {
            Bytes = _copy = current.Machine.Pool.Allocate(size, CorePoolTags.Map);
            if (_copy != null)
            {
                BlockCopy.Copy(_copy, bytes, (nuint)given);
            }
        }
    }

    /// <summary>The padded bytes; null if pool refuses.</summary>
    public byte* Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_copy != null)
        {
            _current.Machine.Pool.Free(_copy, CorePoolTags.Map);
        }
    }
}
