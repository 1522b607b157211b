using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A custom map on <c>BPF_MAP_TYPE_LPM_TRIE</c>: a lookup finds the longest matching prefix, every other operation the exact one.</summary>
internal sealed unsafe class CustomLpmStore : CustomHashStore
{
    private readonly LpmTrie _trie;

    private CustomLpmStore(EpochManager epochs, LpmTrie trie)
        : base(epochs, trie.Table)
    {
        _trie = trie;
    }

    /// <inheritdoc cref="CustomHashStore.Create"/>
    public static new EbpfResult Create(
        in Caller caller, EbpfMapDefinition definition, uint storedBytes, out CustomStore? store)
    {
        EbpfResult result = LpmTrie.Create(caller, definition, storedBytes, out LpmTrie trie);
        store = result == EbpfResult.Success ? new CustomLpmStore(caller.Core.Epochs, trie) : null;
        return result;
    }

    /// <inheritdoc/>
    public override EbpfResult CheckAccess(KeThread current, CustomAccess access, byte* key, EbpfMapOption option, string? site)
    {
        if (!current.RequireElement(access != CustomAccess.FindAndDelete, CheckTable.MapLpmFindDelete, site, 1, 0)
            || !_trie.RequireLength(current, key, site))
        {
            return current.RefusedResult;
        }

        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    public override byte* Find(byte* key) => _trie.Find(key);

    /// <inheritdoc/>
    public override EbpfResult Update(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored)
    {
        EbpfResult result = base.Update(current, key, value, option, out stored);
        if (result == EbpfResult.Success)
        {
            _trie.AddLength(key);
        }

        return result;
    }

    /// <inheritdoc/>
    public override void Dispose(KeThread current) => _trie.Dispose(current);
}
