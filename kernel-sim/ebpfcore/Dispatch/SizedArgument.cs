using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Dispatch;

/// <summary>
/// A key or value of a custom map as long as the map's own: cut, or followed by zeros. Upstream checks no sizes for such maps; it and the
/// provider then read what lies behind the message.
/// </summary>
internal readonly unsafe ref struct SizedArgument : IDisposable
{
    private readonly KeThread _current;
    private readonly byte* _copy;

    /// <param name="current">The thread.</param>
    /// <param name="bytes">What came.</param>
    /// <param name="given">Bytes of it.</param>
    /// <param name="size">Bytes that there must be.</param>
    public SizedArgument(KeThread current, byte* bytes, int given, uint size)
    {
        _current = current;
        Bytes = bytes;
        if (given < size)
        {
            Bytes = _copy = current.Machine.Pool.Allocate(size, PoolTags.Map);
            if (_copy != null)
            {
                BlockCopy.Copy(_copy, bytes, (nuint)given);
            }
        }
    }

    /// <summary>The bytes; null when pool refuses.</summary>
    public byte* Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_copy != null)
        {
            _current.Machine.Pool.Free(_copy, PoolTags.Map);
        }
    }
}
