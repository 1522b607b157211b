using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>Reads little-endian fields. Each read names its field, for the message if it is damaged.</summary>
/// <param name="bytes">The bytes.</param>
/// <param name="offset">Offset of the first byte in the file.</param>
/// <param name="isCutOff">Whether the file ends before these bytes do: reading past them is then the end of the file, not damage.</param>
internal ref struct SpanReader(ReadOnlySpan<byte> bytes, long offset, bool isCutOff = false)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    /// <summary>Offset of the next byte in the file.</summary>
    public readonly long Offset => offset + _at;

    /// <summary>Number of bytes left.</summary>
    public readonly int Remaining => _bytes.Length - _at;

    public byte Byte(string field) => Bytes(1, field)[0];

    public short Int16(string field) => BinaryPrimitives.ReadInt16LittleEndian(Bytes(sizeof(short), field));

    public int Int32(string field) => BinaryPrimitives.ReadInt32LittleEndian(Bytes(sizeof(int), field));

    public long Int64(string field) => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long), field));

    /// <summary>An integer that has to lie within bounds.</summary>
    public int Int32(string field, int least, int most)
    {
        long at = Offset;
        int value = Int32(field);
        return value >= least && value <= most ? value : throw TraceDamageException.Of(at, field, value, $"{least} to {most}");
    }

    /// <summary>An integer of seven bits a byte, the low ones first, of at most 32 bits.</summary>
    public uint VarUInt32(string field)
    {
        long at = Offset;
        ulong value = VarUInt64(field);
        return value <= uint.MaxValue ? (uint)value : throw TraceDamageException.Of(at, field, value, "a number of 32 bits");
    }

    /// <summary>An integer of seven bits a byte, the low ones first, of at most 64 bits.</summary>
    public ulong VarUInt64(string field)
    {
        const int Bits = 7;
        const int LastShift = 63;
        long at = Offset;
        ulong value = 0;
        for (int shift = 0; ; shift += Bits)
        {
            byte next = Byte(field);
            ulong part = next & 0x7FUL;
            if (shift > LastShift || (shift == LastShift && part > 1))
            {
                throw TraceDamageException.Of(at, field, "more than 64 bits", "a number of 64 bits");
            }

            value |= part << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }

    /// <summary>Characters of UTF-16 up to a zero, which is skipped.</summary>
    public ReadOnlySpan<char> Text(string field)
    {
        ReadOnlySpan<char> rest = MemoryMarshal.Cast<byte, char>(_bytes[_at..]);
        int length = rest.IndexOf('\0');
        if (length < 0)
        {
            // No terminator: report the field as running past the end.
            Bytes(Remaining + 1, field);
        }

        _at += (length + 1) * sizeof(char);
        return rest[..length];
    }

    /// <summary>Bytes as they are.</summary>
    /// <exception cref="EndOfStreamException">The file is cut off before their end.</exception>
    /// <exception cref="TraceDamageException">They do not fit in what they are part of.</exception>
    public ReadOnlySpan<byte> Bytes(int length, string field)
    {
        if ((uint)length > (uint)Remaining)
        {
            throw isCutOff && length >= 0
                ? new EndOfStreamException()
                : TraceDamageException.Of(Offset, field, $"{length} bytes", $"0 to {Remaining}, which are left here");
        }

        ReadOnlySpan<byte> taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
