using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_LPM_TRIE</c>: keys are prefixes, a length in bits and that many bits; a lookup finds the longest matching
/// prefix. A hash table of prefixes and the set of lengths ever inserted: a lookup tries each length from its own down. <c>max_entries</c>
/// is a hint, as for a hash map.
/// </summary>
/// <remarks>
/// Upstream writes each length that it tries into the caller's key, and restores the first one at the end; here a lookup works on a copy, and
/// the key may be in memory that others read. Upstream's next key also expects a valid length in the memory that it will write the next key to,
/// which in a request holds something else (in a batch: the handle), so it can fail for no reason; here only the previous key is checked.
/// </remarks>
internal sealed unsafe class LpmTrieMap : EbpfMap
{
    private readonly LpmTrie _trie;

    private LpmTrieMap(CoreContext core, MapParameters parameters, LpmTrie trie)
        : base(core, parameters)
    {
        _trie = trie;
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        map = null;
        if (!parameters.RequireNoInnerMap(caller))
        {
            return caller.Refused;
        }

        EbpfMapDefinition definition = parameters.Definition;
        EbpfResult result = LpmTrie.Create(caller, definition, definition.ValueSize, out LpmTrie trie);
        map = result == EbpfResult.Success ? new LpmTrieMap(caller.Core, parameters, trie) : null;
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        value = null;
        if (!current.RequireElement(!delete, CheckTable.MapLpmFindDelete, site, delete ? 1 : 0, 0)
            || !_trie.RequireLength(current, key, site))
        {
            return current.RefusedResult;
        }

        value = _trie.Find(key);
        return value == null ? EbpfResult.KeyNotFound : EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        stored = null;
        if (!_trie.RequireLength(current, key, site)
            || !current.RequireElement(option <= EbpfMapOption.Exist, CheckTable.MapUpdateOption, site, (uint)option, (uint)EbpfMapOption.Exist))
        {
            return current.RefusedResult;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        EbpfResult result = _trie.Table.Update(Core.Epochs.BeginWrite(current), key, value, option, out stored);
        if (result == EbpfResult.Success)
        {
            _trie.AddLength(key);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult DeleteEntry(KeThread current, byte* key, string? site)
    {
        if (!_trie.RequireLength(current, key, site))
        {
            return current.RefusedResult;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        return _trie.Table.Delete(Core.Epochs.BeginWrite(current), key, out _);
    }

    /// <inheritdoc/>
    internal override EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        value = null;
        if (!position.IsStart && !_trie.RequireLength(current, position.Key, site))
        {
            return current.RefusedResult;
        }

        EbpfResult result = _trie.Table.Next(position, out byte* key, out value);
        if (result == EbpfResult.Success)
        {
            BlockCopy.Copy(next, key, KeySize);
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult ReadBatch(
        KeThread current, WalkPosition position, byte* output, uint room, bool delete, string site, out uint written)
    {
        written = 0;
        if (new CopyTrace(current).IsOn)
        {
            return base.ReadBatch(current, position, output, room, delete, site, out written);
        }

        return position.IsStart || room < RecordBytes || _trie.RequireLength(current, position.Key, site)
            ? _trie.Table.ReadMany(current, position, output, room, delete, out written)
            : current.RefusedResult;
    }

    /// <inheritdoc/>
    private protected override EbpfResult TakeEntry(KeThread current, byte* key, byte* destination, string site, ref byte* value) =>
        _trie.Table.Take(current, key, destination, ref value);

    /// <inheritdoc/>
    internal override void Free(KeThread current) => _trie.Dispose(current);
}
