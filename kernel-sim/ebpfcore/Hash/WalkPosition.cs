namespace KernelSim.EbpfCore.Hash;

/// <summary>The position of a walk over a map: at the start, or after a key.</summary>
internal readonly unsafe struct WalkPosition
{
    private WalkPosition(byte* key, bool keyMayBeGone)
    {
        Key = key;
        KeyMayBeGone = keyMayBeGone;
    }

    /// <summary>The key that the walk has passed; null at the start.</summary>
    public byte* Key { get; }

    /// <summary>True if the walk continues even if the key has been deleted; otherwise a missing key ends it.</summary>
    public bool KeyMayBeGone { get; }

    public bool IsStart => Key == null;

    /// <summary>After a key that must be in the map, or at the start if it is null: upstream's <c>previous_key</c>.</summary>
    public static WalkPosition After(byte* key) => new(key, keyMayBeGone: false);

    /// <summary>After a key's position in the map's order, whether or not the key still exists.</summary>
    public static WalkPosition Past(byte* key) => new(key, keyMayBeGone: true);
}
