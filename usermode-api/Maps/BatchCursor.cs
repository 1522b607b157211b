namespace KernelSim.UserMode;

/// <summary>
/// Where an iteration over a map is. Make one, pass it to each batch lookup of the iteration, and do not look inside. One cursor
/// serves one map and one thread at a time.
/// </summary>
/// <remarks>
/// A cursor remembers the last few keys that were delivered, so that it finds its place again although some of them were deleted
/// meanwhile. Only if all are gone does reading begin again at the map's first element: <see cref="Restarts"/> then counts up, and
/// elements delivered before can come again. None is left out in either case.
/// </remarks>
public sealed class BatchCursor
{
    private const int KeysRemembered = 8;

    /// <summary>The remembered keys, back to back, newest first.</summary>
    private byte[] _trail = [];
    private int _keySize;
    private int _count;
    private BpfMap? _map;

    /// <summary>How often the place was lost.</summary>
    public int Restarts { get; private set; }

    /// <summary>True before the first element was delivered.</summary>
    public bool IsAtStart => _count == 0;

    /// <summary>The key to continue after; empty at the start.</summary>
    internal ReadOnlySpan<byte> Newest => _trail.AsSpan(0, Math.Min(_count, 1) * _keySize);

    /// <summary>Keys delivered before that one, newest first.</summary>
    internal ReadOnlySpan<byte> Older => _count == 0 ? default : _trail.AsSpan(_keySize, (_count - 1) * _keySize);

    /// <summary>Goes back to the start; the cursor can then also serve another map.</summary>
    public void Reset()
    {
        _count = 0;
        _map = null;
        Restarts = 0;
    }

    /// <summary>Ties the cursor to a map.</summary>
    internal void Bind(BpfMap map)
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
        _keySize = map.KeySize;
        if (_trail.Length != KeysRemembered * _keySize)
        {
            _trail = new byte[KeysRemembered * _keySize];
        }
    }

    /// <summary>Moves on over the first <paramref name="count"/> of the keys.</summary>
    internal void Advance(ReadOnlySpan<byte> keys, uint count, bool restarted)
    {
        if (restarted)
        {
            Restarts++;
            _count = 0;
        }

        int added = (int)Math.Min(count, KeysRemembered);
        int kept = Math.Min(_count, KeysRemembered - added);
        _trail.AsSpan(0, kept * _keySize).CopyTo(_trail.AsSpan(added * _keySize));
        for (int i = 0; i < added; i++)
        {
            keys.Slice(((int)count - 1 - i) * _keySize, _keySize).CopyTo(_trail.AsSpan(i * _keySize));
        }

        _count = added + kept;
    }
}
