namespace KernelSim.UserMode;

/// <summary>
/// The position of a walk over a map. Create one and pass it to each batch lookup of the walk. A cursor serves one map and one thread at a time.
/// </summary>
/// <remarks>
/// It holds the last key delivered. A walk continues at the position of that key even if the key has been deleted meanwhile, so each element
/// that stays in the map is delivered exactly once.
/// </remarks>
public sealed class BatchCursor
{
    private byte[] _key = [];
    private object? _map;

    /// <summary>
    /// How often reading restarted at the map's first element because the driver could not find the position of a deleted key; elements
    /// delivered before are then repeated. Stays 0 with <c>EbpfCore</c>, except for keys of more than 65,510 bytes.
    /// </summary>
    public int Restarts { get; private set; }

    /// <summary>True before the first element was delivered.</summary>
    public bool IsAtStart { get; private set; } = true;

    /// <summary>The key to continue after; empty at the start.</summary>
    internal ReadOnlySpan<byte> Key => IsAtStart ? default : _key;

    /// <summary>Resets to the start; the cursor can then also serve another map.</summary>
    public void Reset()
    {
        IsAtStart = true;
        _map = null;
        Restarts = 0;
    }

    /// <summary>Ties the cursor to a map.</summary>
    internal void Bind(object map, int keySize)
    {
        if (_map == map)
        {
            return;
        }

        if (_map is not null)
        {
            throw new InvalidOperationException($"The cursor is on {_map} and was passed to {map}; Reset it first.");
        }

        _map = map;
        if (_key.Length != keySize)
        {
            _key = new byte[keySize];
        }
    }

    /// <summary>Advances over the first <paramref name="count"/> of the keys.</summary>
    internal void Advance(ReadOnlySpan<byte> keys, uint count, bool restarted)
    {
        if (restarted)
        {
            Restarts++;
            IsAtStart = true;
        }

        if (count > 0)
        {
            keys.Slice(((int)count - 1) * _key.Length, _key.Length).CopyTo(_key);
            IsAtStart = false;
        }
    }
}
