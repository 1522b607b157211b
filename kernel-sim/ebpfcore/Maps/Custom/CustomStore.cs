using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The store of a custom map, by the semantics of its base type. Readers must be in an epoch and take no lock; writers hold the map's lock.
/// </summary>
internal abstract unsafe class CustomStore
{
    /// <summary>Called for an element of a map that is being deleted.</summary>
    public delegate void ElementAction(byte* key, byte* value);

    /// <summary>Checks what the base type requires: a valid prefix length or index, an operation that it supports.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="access">Selects the checks that apply.</param>
    /// <param name="key">Bytes of the key.</param>
    /// <param name="option">The option of an update.</param>
    /// <param name="site">The caller, for traces; null on the helper path, which traces no checks.</param>
    /// <returns>Success, or the result of the check that refused.</returns>
    public virtual EbpfResult CheckAccess(KeThread current, CustomAccess access, byte* key, EbpfMapOption option, string? site) =>
        EbpfResult.Success;

    /// <summary>The value that a lookup returns; null if there is none.</summary>
    /// <param name="key">Bytes of the key.</param>
    public abstract byte* Find(byte* key);

    /// <summary>The value that a deletion removes or an update replaces; null if there is none.</summary>
    /// <param name="key">Bytes of the key.</param>
    public virtual byte* FindOwn(byte* key) => Find(key);

    /// <summary>Records that a program used a value.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="value">The value.</param>
    public virtual void OnUse(KeThread current, byte* value)
    {
    }

    /// <summary>
    /// The key of the entry to evict before a new key can be inserted; null if there is room, or nothing can be evicted.
    /// </summary>
    /// <param name="current">The calling thread.</param>
    public virtual byte* FindVictim(KeThread current) => null;

    /// <summary>True if a full map evicts an entry instead of refusing a new key.</summary>
    public virtual bool Evicts => false;

    /// <summary>True if all keys exist from the start.</summary>
    public virtual bool HasAllKeys => false;

    /// <summary>Inserts or replaces. <see cref="EbpfResult.OutOfSpace"/>: an entry must be evicted first.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="key">Bytes of the key.</param>
    /// <param name="value">The value, of the stored size; null stands for zeros.</param>
    /// <param name="option">ANY, NOEXIST or EXIST.</param>
    /// <param name="stored">Address of the stored value, on success.</param>
    public abstract EbpfResult Update(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored);

    /// <summary>Deletes an element that <see cref="FindOwn"/> has found. It stays readable until the epoch ends.</summary>
    /// <param name="current">The calling thread.</param>
    /// <param name="key">Bytes of the key.</param>
    public abstract void Delete(KeThread current, byte* key);

    /// <summary>The element after another, in the base type's order.</summary>
    /// <param name="position">The position to continue after.</param>
    /// <param name="next">Receives the next key; may be the memory of the position's key.</param>
    /// <param name="value">Its value.</param>
    public abstract EbpfResult Next(WalkPosition position, byte* next, out byte* value);

    /// <summary>Calls an action for each value that the provider has seen and not deleted. The caller has exclusive access.</summary>
    /// <param name="action">Called with each key and value.</param>
    public abstract void ForEach(ElementAction action);

    /// <summary>Frees the memory.</summary>
    /// <param name="current">The calling thread.</param>
    public abstract void Dispose(KeThread current);
}
