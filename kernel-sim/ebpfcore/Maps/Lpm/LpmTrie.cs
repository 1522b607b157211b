using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The elements of an LPM trie: a hash table of prefixes and the set of lengths ever inserted. A key starts with the length of its prefix in
/// bits.
/// </summary>
[SkipLocalsInit]
internal readonly unsafe struct LpmTrie
{
    private const int LargestOnStack = 256;

    private readonly LpmPrefixLengths _lengths;
    private readonly uint _longest;

    private LpmTrie(HashTable table, LpmPrefixLengths lengths, uint longest)
    {
        Table = table;
        _lengths = lengths;
        _longest = longest;
    }

    /// <summary>The prefixes, each with its value.</summary>
    public HashTable Table { get; }

    /// <summary>Creates an empty trie for values of a size. The table is null if that fails; the result says why.</summary>
    public static EbpfResult Create(
        in Caller caller, in EbpfMapDefinition definition, uint valueBytes, out LpmTrie trie)
    {
        trie = default;
        const uint least = MapTypeTable.PrefixLengthBytes;
        if (!caller.Require(definition.KeySize >= least, CheckTable.MapCreateLpmKeySize, definition.KeySize, least))
        {
            return caller.Refused;
        }

        // A length has 32 bits: for keys of 512 MiB and more it cannot express all prefixes.
        uint longest = (uint)Math.Min((definition.KeySize - least) * 8UL, uint.MaxValue);
        HashTable? table = null;
        if (LpmPrefixLengths.TryCreate(caller.Current, longest, out LpmPrefixLengths lengths))
        {
            table = HashTable.CreateOfPrefixes(
                caller.Current, caller.Core.Epochs, definition.KeySize, valueBytes, definition.MaxEntries,
                EntryLimit.Of(caller.Core, definition.MaxEntries));
            if (table is null)
            {
                lengths.Dispose(caller.Current);
            }
        }

        if (!MapMemory.Require(caller, table is not null, CheckTable.MapCreateMemory, definition.MaxEntries, MapMemory.BucketBytes))
        {
            return caller.Refused;
        }

        trie = new LpmTrie(table!, lengths, longest);
        return EbpfResult.Success;
    }

    /// <summary>Checks that the prefix of a key is no longer than the key has room for.</summary>
    public bool RequireLength(KeThread current, byte* key, string? site)
    {
        uint length = LengthOf(key);
        return current.RequireElement(length <= _longest, CheckTable.MapLpmPrefixLength, site, length, _longest);
    }

    /// <summary>The value of the longest prefix that matches a key of a valid length; null if there is none.</summary>
    public byte* Find(byte* key)
    {
        uint wanted = LengthOf(key);
        int bytes = (int)(MapTypeTable.PrefixLengthBytes + ((wanted + 7UL) / 8));
        Span<byte> copy = bytes > LargestOnStack ? new byte[bytes] : stackalloc byte[LargestOnStack];
        new ReadOnlySpan<byte>(key, bytes).CopyTo(copy);
        byte* value = null;
        fixed (byte* prefix = copy)
        {
            for (long length = _lengths.LongestUpTo(wanted); length >= 0 && value == null; length = _lengths.LongestUpTo(length - 1))
            {
                Unsafe.WriteUnaligned(prefix, (uint)length);
                value = Table.Find(prefix);
            }
        }

        return value;
    }

    /// <summary>Notes the length of a prefix that was inserted.</summary>
    public void AddLength(byte* key) => _lengths.Add(LengthOf(key));

    /// <summary>Frees its memory.</summary>
    public void Dispose(KeThread current)
    {
        Table.Dispose(current);
        _lengths.Dispose(current);
    }

    /// <summary>The prefix length of a key, in bits.</summary>
    private static uint LengthOf(byte* key) => Unsafe.ReadUnaligned<uint>(key);
}
