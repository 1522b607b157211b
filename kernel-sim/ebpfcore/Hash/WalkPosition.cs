namespace KernelSim.EbpfCore.Hash;

/// <summary>Where a walk over a map stands: at the start, or behind a key.</summary>
internal readonly unsafe struct WalkPosition
{
    private WalkPosition(byte* key, bool keyMayBeGone)
    {
        Key = key;
        KeyMayBeGone = keyMayBeGone;
    }

    /// <summary>The key that the walk has passed; null at the start.</summary>
    public byte* Key { get; }

    /// <summary>True if the walk goes on although the key has been deleted; else a missing key ends it.</summary>
    public bool KeyMayBeGone { get; }

    public bool IsStart => Key == null;

    /// <summary>Behind a key that must be in the map, or at the start if it is null: upstream's <c>previous_key</c>.</summary>
    public static WalkPosition After(byte* key) => new(key, keyMayBeGone: false);

    /// <summary>Behind a key's place in the map's order, whether or not the key is still there.</summary>
    public static WalkPosition Past(byte* key) => new(key, keyMayBeGone: true);
}
