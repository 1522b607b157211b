using System.Buffers.Binary;

namespace KernelSim.EndToEnd.Tests.Trace.Damage;

/// <summary>Damages a trace: the same seed damages it in the same way.</summary>
/// <param name="whole">The trace.</param>
internal sealed class Mutator(byte[] whole)
{
    /// <summary>Numbers at which lengths, counts and offsets go wrong.</summary>
    private static readonly long[] s_boundaries =
    [
        0, 1, -1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF,
        int.MaxValue, int.MinValue, int.MaxValue - 64, uint.MaxValue, long.MaxValue, long.MinValue,
        1L << 40,
    ];

    /// <summary>Where blocks begin: after the tag, the name and the end of the type.</summary>
    private readonly int[] _blocks = [.. Blocks(whole)];

    /// <summary>A damaged copy, and what was done to it.</summary>
    public (byte[] Bytes, string What) Damage(int seed)
    {
        Random random = new(seed);
        byte[] bytes = [.. whole];
        int at = Place(random);
        switch (random.Next(9))
        {
            case 0:
                return (bytes[..at], $"cut at {at}");
            case 1:
                int bit = random.Next(8);
                bytes[at] ^= (byte)(1 << bit);
                return (bytes, $"bit {bit} of {at}");
            case 2:
                bytes[at] = (byte)random.Next(256);
                return (bytes, $"byte {at} is {bytes[at]}");
            case 3:
                int length = Math.Min(random.Next(1, 64), bytes.Length - at);
                random.NextBytes(bytes.AsSpan(at, length));
                return (bytes, $"{length} random bytes at {at}");
            case 4:
                length = Math.Min(random.Next(1, 4096), bytes.Length - at);
                return ([.. bytes[..at], .. bytes[(at + length)..]], $"{length} bytes taken out at {at}");
            case 5:
                length = Math.Min(random.Next(1, 4096), bytes.Length - at);
                return ([.. bytes[..(at + length)], .. bytes[at..]], $"{length} bytes twice at {at}");
            case 6:
                int block = _blocks[random.Next(_blocks.Length)];
                return (bytes[..block], $"cut at block {block}");
            default:
                return Boundary(random, bytes, at);
        }
    }

    /// <summary>Half of the places are near the beginning of a block, where its lengths and counts are.</summary>
    private int Place(Random random)
    {
        int at = random.Next(4) switch
        {
            0 => random.Next(Math.Min(256, whole.Length)),
            1 => _blocks[random.Next(_blocks.Length)] - 24 + random.Next(96),
            _ => random.Next(whole.Length),
        };
        return Math.Clamp(at, 0, whole.Length - 1);
    }

    private static (byte[] Bytes, string What) Boundary(Random random, byte[] bytes, int at)
    {
        long value = s_boundaries[random.Next(s_boundaries.Length)];
        int width = 1 << random.Next(4);
        at = Math.Min(at, bytes.Length - width);
        Span<byte> eight = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        eight[..width].CopyTo(bytes.AsSpan(at));
        return (bytes, $"{width} bytes at {at} are {value}");
    }

    private static IEnumerable<int> Blocks(byte[] trace)
    {
        byte[] mark = "Block\x06"u8.ToArray();
        for (int at = 0; trace.AsSpan(at).IndexOf(mark) is >= 0 and int next;)
        {
            at += next + mark.Length;
            yield return at;
        }
    }
}
