using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Hash;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

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
[SkipLocalsInit]
internal sealed unsafe class LpmTrieMap : EbpfMap
{
    private const int LargestOnStack = 256;

    private readonly HashTable _table;
    private readonly LpmPrefixLengths _lengths;
    private readonly uint _longest;

    private LpmTrieMap(EbpfCore core, MapParameters parameters, HashTable table, LpmPrefixLengths lengths, uint longest)
        : base(core, parameters)
    {
        _table = table;
        _lengths = lengths;
        _longest = longest;
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(KeThread current, EbpfCore core, MapParameters parameters, string site, out EbpfMap? map)
    {
        map = null;
        EbpfMapDefinition definition = parameters.Definition;
        long inner = parameters.InnerMapHandle.Value;
        if (!current.Require(inner == NtHandle.Invalid.Value, CheckTable.MapCreateInnerMap, site, inner, NtHandle.Invalid.Value))
        {
            return CheckTable.MapCreateInnerMap.Result;
        }

        const uint least = MapTypeTable.PrefixLengthBytes;
        if (!current.Require(definition.KeySize >= least, CheckTable.MapCreateLpmKeySize, site, definition.KeySize, least))
        {
            return CheckTable.MapCreateLpmKeySize.Result;
        }

        // A length has 32 bits: for keys of 512 MiB and more it cannot express all prefixes.
        uint longest = (uint)Math.Min((definition.KeySize - least) * 8UL, uint.MaxValue);
        HashTable? table = null;
        bool enough = LpmPrefixLengths.TryCreate(current, longest, out LpmPrefixLengths lengths);
        if (enough)
        {
            table = HashTable.CreateOfPrefixes(current, core.Epochs, definition.KeySize, definition.ValueSize, definition.MaxEntries);
            if (table is null)
            {
                lengths.Dispose(current);
            }
        }

        if (!MapMemory.Require(current, table is not null, CheckTable.MapCreateMemory, site, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return CheckTable.MapCreateMemory.Result;
        }

        map = new LpmTrieMap(core, parameters, table!, lengths, longest);
        return EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult FindEntry(KeThread current, byte* key, bool delete, string? site, out byte* value)
    {
        value = null;
        if (!Require(current, !delete, CheckTable.MapLpmFindDelete, site, delete ? 1 : 0, 0))
        {
            return CheckTable.MapLpmFindDelete.Result;
        }

        if (!HasValidLength(current, key, site))
        {
            return CheckTable.MapLpmPrefixLength.Result;
        }

        uint wanted = LengthOf(key);
        int bytes = (int)(MapTypeTable.PrefixLengthBytes + ((wanted + 7UL) / 8));
        Span<byte> copy = bytes > LargestOnStack ? new byte[bytes] : stackalloc byte[LargestOnStack];
        new ReadOnlySpan<byte>(key, bytes).CopyTo(copy);
        fixed (byte* prefix = copy)
        {
            for (long length = _lengths.LongestUpTo(wanted); length >= 0 && value == null; length = _lengths.LongestUpTo(length - 1))
            {
                Unsafe.WriteUnaligned(prefix, (uint)length);
                value = _table.Find(prefix);
            }
        }

        return value == null ? EbpfResult.KeyNotFound : EbpfResult.Success;
    }

    /// <inheritdoc/>
    internal override EbpfResult UpdateEntry(
        KeThread current, byte* key, byte* value, EbpfMapOption option, string? site, out byte* stored)
    {
        stored = null;
        if (!HasValidLength(current, key, site))
        {
            return CheckTable.MapLpmPrefixLength.Result;
        }

        if (!Require(current, option <= EbpfMapOption.Exist, CheckTable.MapUpdateOption, site, (uint)option, (uint)EbpfMapOption.Exist))
        {
            return CheckTable.MapUpdateOption.Result;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        EbpfResult result = _table.Update(Core.Epochs.BeginWrite(current), key, value, option, out stored);
        if (result == EbpfResult.Success)
        {
            _lengths.Add(LengthOf(key));
        }

        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult DeleteEntry(KeThread current, byte* key, string? site)
    {
        if (!HasValidLength(current, key, site))
        {
            return CheckTable.MapLpmPrefixLength.Result;
        }

        using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
        return _table.Delete(Core.Epochs.BeginWrite(current), key, out _);
    }

    /// <inheritdoc/>
    internal override EbpfResult NextEntry(KeThread current, WalkPosition position, byte* next, string? site, out byte* value)
    {
        value = null;
        if (!position.IsStart && !HasValidLength(current, position.Key, site))
        {
            return CheckTable.MapLpmPrefixLength.Result;
        }

        EbpfResult result = _table.Next(position, out byte* key, out value);
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

        return position.IsStart || room < KeySize + (ulong)ValueBytes || HasValidLength(current, position.Key, site)
            ? _table.ReadMany(current, position, output, room, delete, out written)
            : CheckTable.MapLpmPrefixLength.Result;
    }

    /// <inheritdoc/>
    private protected override EbpfResult TakeEntry(KeThread current, byte* key, byte* destination, string site, ref byte* value) =>
        _table.Take(current, key, destination, ref value);

    /// <inheritdoc/>
    internal override void Free(KeThread current)
    {
        _table.Dispose(current);
        _lengths.Dispose(current);
    }

    private static uint LengthOf(byte* key) => Unsafe.ReadUnaligned<uint>(key);

    private bool HasValidLength(KeThread current, byte* key, string? site) =>
        Require(current, LengthOf(key) <= _longest, CheckTable.MapLpmPrefixLength, site, LengthOf(key), _longest);
}
