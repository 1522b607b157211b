using KernelSim.Protocol;

namespace KernelSim.UserMode;

// Maps of extensions' own types.
public sealed partial class BpfSession
{
    /// <summary>Creates a map of an extension's own type.</summary>
    /// <typeparam name="TKey">A key: its bytes, padding included.</typeparam>
    /// <typeparam name="TValue">A value as user mode sees it, likewise.</typeparam>
    /// <param name="type">The type: 15, 16, or 32768 to 65535.</param>
    /// <param name="name">A name of at most 63 bytes.</param>
    /// <param name="maxEntries">How many entries it holds at most.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is not an extension's.</exception>
    /// <exception cref="BpfException">EINVAL: no extension provides the type, or its provider refuses the definition.</exception>
    public CustomMap<TKey, TValue> CreateCustomMap<TKey, TValue>(BpfMapType type, string name, uint maxEntries)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Create<TKey, TValue>(RequireCustom(type), name, maxEntries));

    /// <summary>Opens a map of an extension's own type by its id. Type, key size and value size must be the map's own.</summary>
    /// <typeparam name="TKey">A key.</typeparam>
    /// <typeparam name="TValue">A value.</typeparam>
    /// <param name="type">The type.</param>
    /// <param name="id">The map's id.</param>
    /// <exception cref="ArgumentOutOfRangeException">The type is not an extension's.</exception>
    public CustomMap<TKey, TValue> OpenCustomMap<TKey, TValue>(BpfMapType type, uint id)
        where TKey : unmanaged
        where TValue : unmanaged => new(this, Open<TKey, TValue>(RequireCustom(type), id));

    private static BpfMapType RequireCustom(BpfMapType type) => MapTypeTable.Find(type) is { IsCustom: true }
        ? type
        : throw new ArgumentOutOfRangeException(
            nameof(type), type, $"Map type {(uint)type} given, expected {MapTypeTable.CustomTypeNumbers}.");
}
