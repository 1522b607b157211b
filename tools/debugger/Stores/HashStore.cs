using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Hash;

namespace KernelSim.Debugger.Stores;

/// <summary>
/// A hash table: heads, bucket blocks, value blocks. A bucket whose lock is held is read as it is published. A key that does not belong to the bucket
/// in which it stands is damage, so a block that was overwritten does not pass for elements.
/// </summary>
/// <param name="memory">The kernel's memory.</param>
/// <param name="table">The <see cref="HashTable"/>.</param>
/// <param name="areKeysPrefixes">Whether it is the table of an LPM trie.</param>
internal sealed class HashStore(KernelMemory memory, ITargetObject table, bool areKeysPrefixes = false) : IMapStore
{
    private const int HeadsAtOnce = 4096;
    private const int MostEntries = 1 << 20;
    private const long LargestValue = 1 << 30;

    // The last three are private protected, so that no name can be taken of them.
    private static readonly KernelField s_heads = KernelField.Of<HashTable>("_heads");
    private static readonly KernelField s_keySize = KernelField.Property<HashTable>(nameof(HashTable.KeySize));
    private static readonly KernelField s_valueBytes = KernelField.Property<HashTable>(nameof(HashTable.ValueBytes));
    private static readonly KernelField s_empty = KernelField.Property<HashTable>("Empty");
    private static readonly KernelField s_mask = KernelField.Property<HashTable>("Mask");
    private static readonly KernelField s_seed = KernelField.Property<HashTable>("Seed");

    private readonly int _keySize = (int)table.Integer(s_keySize);
    private readonly long _valueBytes = table.Integer(s_valueBytes);
    private readonly ulong _heads = table.Pointer(s_heads);
    private readonly ulong _empty = table.Pointer(s_empty);
    private readonly uint _mask = (uint)table.Integer(s_mask);
    private readonly uint _seed = (uint)table.Integer(s_seed);

    /// <inheritdoc/>
    public long Count(Damage damage) => Entries(damage).LongCount();

    /// <inheritdoc/>
    public IEnumerable<MapElement> Elements(Damage damage)
    {
        if (_valueBytes is < 0 or > LargestValue)
        {
            damage.Report($"values of {_valueBytes} bytes given, expected at most {LargestValue}");
            yield break;
        }

        foreach ((byte[] key, ulong place) in Entries(damage))
        {
            byte[] value = new byte[_valueBytes];
            if (memory.TryReadHost(place, value))
            {
                yield return new MapElement(key, value);
            }
            else
            {
                damage.Report($"the value of key {Convert.ToHexStringLower(key)} cannot be read: {Where(place)} given, expected "
                    + $"{_valueBytes} bytes in pool");
            }
        }
    }

    /// <summary>The keys with the host addresses of their values.</summary>
    private IEnumerable<(byte[] Key, ulong Value)> Entries(Damage damage)
    {
        for (ulong first = 0; first <= _mask; first += HeadsAtOnce)
        {
            ulong[] blocks = new ulong[Math.Min(HeadsAtOnce, _mask + 1UL - first)];
            if (!TryReadHeads(first, blocks))
            {
                damage.Report($"{blocks.Length} buckets from bucket {first} on cannot be read: {Where(_heads)} given, expected a place in pool");
                continue;
            }

            for (int i = 0; i < blocks.Length; i++)
            {
                foreach ((byte[], ulong) entry in blocks[i] == _empty ? [] : EntriesOf((uint)first + (uint)i, blocks[i], damage))
                {
                    yield return entry;
                }
            }
        }
    }

    private List<(byte[] Key, ulong Value)> EntriesOf(uint bucket, ulong place, Damage damage)
    {
        List<(byte[], ulong)> entries = [];
        byte[]? block = ReadBlock(bucket, place, damage, out int count);
        for (int i = 0; i < count; i++)
        {
            byte[] key = block.AsSpan(Unsafe.SizeOf<HashBucket>() + (i * _keySize), _keySize).ToArray();
            ulong value = MemoryMarshal.Read<ulong>(block.AsSpan(block!.Length - ((count - i) * sizeof(ulong))));
            if (value == 0)
            {
                continue; // deleted
            }

            if (BucketOf(key) is var own && own != bucket)
            {
                damage.Report($"bucket {bucket} has key {Convert.ToHexStringLower(key)}, which belongs "
                    + $"{(own is null ? "to none: its prefix is too long" : $"to bucket {own}")}: the block at {Where(place)} is damaged");
                continue;
            }

            entries.Add((key, value));
        }

        return entries;
    }

    /// <summary>The block of a bucket; null and no entries if it cannot be one.</summary>
    private byte[]? ReadBlock(uint bucket, ulong place, Damage damage, out int count)
    {
        count = 0;
        if (!memory.TryReadHost(place, out HashBucket header))
        {
            damage.Report($"bucket {bucket} cannot be read: {Where(place)} given, expected a place in pool");
            return null;
        }

        if (header.Count is < 0 or > MostEntries)
        {
            damage.Report($"bucket {bucket} has {header.Count} entries, expected 0 to {MostEntries}: the block at {Where(place)} is damaged");
            return null;
        }

        byte[] block = new byte[HashBucket.Size((nuint)_keySize, header.Count)];
        if (!memory.TryReadHost(place, block))
        {
            damage.Report($"bucket {bucket} has {header.Count} entries, which pool ends before: the block at {Where(place)} is damaged");
            return null;
        }

        count = header.Count;
        return block;
    }

    private unsafe bool TryReadHeads(ulong first, ulong[] blocks)
    {
        HashHead[] heads = new HashHead[blocks.Length];
        if (!memory.TryReadHost(_heads + (first * (ulong)sizeof(HashHead)), MemoryMarshal.AsBytes(heads.AsSpan())))
        {
            return false;
        }

        for (int i = 0; i < heads.Length; i++)
        {
            blocks[i] = (ulong)heads[i].Bucket;
        }

        return true;
    }

    /// <summary>The bucket that a key belongs to, by the hash of the table itself; null for a prefix that no key has.</summary>
    private unsafe uint? BucketOf(byte[] key)
    {
        if (areKeysPrefixes && (_keySize < sizeof(uint) || MemoryMarshal.Read<uint>(key) > (_keySize - sizeof(uint)) * 8L))
        {
            return null;
        }

        fixed (byte* bytes = key)
        {
            nuint size = (nuint)_keySize;
            uint hash = areKeysPrefixes ? KeyPrefix.Hash(bytes, size, _seed)
                : _keySize == sizeof(uint) ? Key4.Hash(bytes, size, _seed)
                : _keySize == sizeof(ulong) ? Key8.Hash(bytes, size, _seed)
                : KeyBytes.Hash(bytes, size, _seed);
            return hash & _mask;
        }
    }

    private string Where(ulong host) => memory.AddressOf(host) is var address and not 0 ? $"0x{address:x}" : $"host address 0x{host:x}";
}
