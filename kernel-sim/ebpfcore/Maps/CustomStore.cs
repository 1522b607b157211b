using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The store of a custom map, by the semantics of its base type. Readers must be in an epoch and take no lock; writers hold the map's lock.
/// </summary>
internal abstract unsafe class CustomStore
{
    /// <summary>What happens to an element when its map goes.</summary>
    public delegate void ElementAction(byte* key, byte* value);

    /// <summary>What the base type asks of a key that is read or written: a prefix length, an index. Success, or the refusal.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="access">What for.</param>
    /// <param name="key">Bytes of the key.</param>
    /// <param name="option">The option of an update.</param>
    /// <param name="site">The site that checks report; null on the helper path, which reports none.</param>
    public virtual EbpfResult CheckAccess(KeThread current, CustomAccess access, byte* key, EbpfMapOption option, string? site) =>
        EbpfResult.Success;

    /// <summary>What a look-up finds; null for nothing.</summary>
    /// <param name="key">Bytes of the key.</param>
    public abstract byte* Find(byte* key);

    /// <summary>The element that a deletion takes, and that an update replaces; null for none.</summary>
    /// <param name="key">Bytes of the key.</param>
    public virtual byte* FindOwn(byte* key) => Find(key);

    /// <summary>A program has found a value.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="value">The value.</param>
    public virtual void OnUse(KeThread current, byte* value)
    {
    }

    /// <summary>
    /// The element that has to go before a key can come; null when there is room, or nothing can go. In a store that throws elements out.
    /// </summary>
    /// <param name="current">The calling thread.</param>
    public virtual byte* FindVictim(KeThread current) => null;

    /// <summary>True when the store throws elements out itself, so that a full map refuses nothing.</summary>
    public virtual bool Evicts => false;

    /// <summary>True when every key is there from the start.</summary>
    public virtual bool HasAllKeys => false;

    /// <summary>Inserts or replaces. <see cref="EbpfResult.OutOfSpace"/>: a victim has to go first.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="key">Bytes of the key.</param>
    /// <param name="value">The value, of the stored size; null stands for zeros.</param>
    /// <param name="option">ANY, NOEXIST or EXIST.</param>
    /// <param name="stored">Where the value lies now, on success.</param>
    public abstract EbpfResult Update(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored);

    /// <summary>Deletes the element of a key that <see cref="FindOwn"/> has found. It stays readable until the epoch ends.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="key">Bytes of the key.</param>
    public abstract void Delete(KeThread current, byte* key);

    /// <summary>The element after another, in the base type's order.</summary>
    /// <param name="position">Where to go on.</param>
    /// <param name="next">Where the next key goes; may be the memory of the position's key.</param>
    /// <param name="value">Its value.</param>
    public abstract EbpfResult Next(WalkPosition position, byte* next, out byte* value);

    /// <summary>Calls an action for every value that the provider has not been told the end of. The caller has the store to itself.</summary>
    /// <param name="action">Called with each key and value.</param>
    public abstract void ForEach(ElementAction action);

    /// <summary>Gives the memory back.</summary>
    /// <param name="current">The calling thread.</param>
    public abstract void Dispose(KeThread current);
}
