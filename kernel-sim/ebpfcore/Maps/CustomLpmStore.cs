using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>A custom map on <c>BPF_MAP_TYPE_LPM_TRIE</c>: a look-up finds the longest prefix, everything else the exact one.</summary>
internal sealed unsafe class CustomLpmStore : CustomHashStore
{
    private readonly LpmPrefixLengths _lengths;
    private readonly uint _longest;

    private CustomLpmStore(EpochManager epochs, HashTable table, LpmPrefixLengths lengths, uint longest)
        : base(epochs, table)
    {
        _lengths = lengths;
        _longest = longest;
    }

    /// <summary>Makes a store, or says why not.</summary>
    public static new EbpfResult Create(
        KeThread current, EbpfCore core, EbpfMapDefinition definition, uint storedBytes, string site, out CustomStore? store)
    {
        store = null;
        const uint least = MapTypeTable.PrefixLengthBytes;
        if (!current.Require(definition.KeySize >= least, CheckTable.MapCreateLpmKeySize, site, definition.KeySize, least))
        {
            return CheckTable.MapCreateLpmKeySize.Result;
        }

        uint longest = (uint)Math.Min((definition.KeySize - least) * 8UL, uint.MaxValue);
        HashTable? table = null;
        if (LpmPrefixLengths.TryCreate(current, longest, out LpmPrefixLengths lengths))
        {
            table = HashTable.CreateOfPrefixes(current, core.Epochs, definition.KeySize, storedBytes, definition.MaxEntries);
            if (table is null)
            {
                lengths.Dispose(current);
            }
        }

        store = table is null ? null : new CustomLpmStore(core.Epochs, table, lengths, longest);
        return MapMemory.Require(current, table is not null, CheckTable.MapCreateMemory, site, definition.MaxEntries, MapMemory.BucketBytes)
            ? EbpfResult.Success
            : CheckTable.MapCreateMemory.Result;
    }

    /// <inheritdoc/>
    public override EbpfResult CheckAccess(KeThread current, CustomAccess access, byte* key, EbpfMapOption option, string? site)
    {
        if (access == CustomAccess.FindAndDelete)
        {
            return Refuse(current, CheckTable.MapLpmFindDelete, site, 1, 0);
        }

        return LengthOf(key) <= _longest ? EbpfResult.Success : Refuse(current, CheckTable.MapLpmPrefixLength, site, LengthOf(key), _longest);
    }

    /// <inheritdoc/>
    public override byte* Find(byte* key)
    {
        byte[] copy = new byte[(int)(MapTypeTable.PrefixLengthBytes + ((LengthOf(key) + 7UL) / 8))];
        new ReadOnlySpan<byte>(key, copy.Length).CopyTo(copy);
        byte* value = null;
        fixed (byte* prefix = copy)
        {
            for (long length = _lengths.LongestUpTo(LengthOf(key)); length >= 0 && value == null; length = _lengths.LongestUpTo(length - 1))
            {
                Unsafe.WriteUnaligned(prefix, (uint)length);
                value = Table.Find(prefix);
            }
        }

        return value;
    }

    /// <inheritdoc/>
    public override EbpfResult Update(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored)
    {
        EbpfResult result = base.Update(current, key, value, option, out stored);
        if (result == EbpfResult.Success)
        {
            _lengths.Add(LengthOf(key));
        }

        return result;
    }

    /// <inheritdoc/>
    public override void Dispose(KeThread current)
    {
        base.Dispose(current);
        _lengths.Dispose(current);
    }

    private static uint LengthOf(byte* key) => Unsafe.ReadUnaligned<uint>(key);

    private static EbpfResult Refuse(KeThread current, Check check, string? site, long given, long expected)
    {
        if (site is not null)
        {
            current.Require(false, check, site, given, expected);
        }

        return check.Result;
    }
}
