using System.Buffers.Binary;

namespace KernelSim.ObjectFiles.Tests.Support;

/// <summary>An object with up to eight fields changed: a bit, a byte, a word with a value that often hurts, or a piece of the file itself.</summary>
internal sealed class Mutation
{
    private static readonly uint[] s_values = [0, 1, 7, 8, 24, 0x7f, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff];

    private readonly Random _random;

    public Mutation(byte[] original, int seed)
    {
        _random = new Random(seed);
        Bytes = (byte[])original.Clone();
        for (int changes = _random.Next(1, 9); changes > 0; changes--)
        {
            Change();
        }

        if (_random.Next(20) == 0)
        {
            Bytes = Bytes[.._random.Next(Bytes.Length)];
        }
    }

    public byte[] Bytes { get; }

    private void Change()
    {
        int at = Place();
        switch (_random.Next(5))
        {
            case 0:
                Bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                Bytes[at] = (byte)_random.Next(256);
                break;
            case 2:
                BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at & ~3), s_values[_random.Next(s_values.Length)]);
                break;
            case 3:
                int length = Math.Min(_random.Next(1, 64), Bytes.Length - at);
                Bytes.AsSpan(_random.Next(Bytes.Length - length), length).CopyTo(Bytes.AsSpan(at));
                break;
            default:
                uint number = BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at & ~3));
                BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at & ~3), number + (uint)_random.Next(-8, 9));
                break;
        }
    }

    // Half of the changes are in the tables: the file's header, and the section headers at its end.
    private int Place() => _random.Next(4) switch
    {
        0 => _random.Next(64),
        1 => _random.Next(Math.Max(64, Bytes.Length - (32 * 64)), Bytes.Length - 8),
        _ => _random.Next(Bytes.Length - 8),
    };
}
