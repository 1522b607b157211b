using System.Buffers.Binary;
using System.Text;

namespace KernelSim.Samples.Tests.C;

/// <summary>The sections of an object that its own compiler has just written: no check is made.</summary>
internal static class ElfSections
{
    private const int HeaderOffset = 0x28;
    private const int HeaderSize = 64;
    private const int HeaderCount = 0x3C;
    private const int NamesIndex = 0x3E;
    private const int NoBits = 8;

    /// <summary>Each section with its bytes, in the order of the file. One without bytes, such as <c>.bss</c>, has its size instead.</summary>
    public static IEnumerable<(string Name, string Bytes)> Of(byte[] file)
    {
        int table = (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(HeaderOffset));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(HeaderCount));
        int names = Offset(file, table, BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(NamesIndex)));
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = file.AsSpan(table + (i * HeaderSize), HeaderSize);
            ReadOnlySpan<byte> name = file.AsSpan(names + BinaryPrimitives.ReadInt32LittleEndian(header));
            int size = (int)BinaryPrimitives.ReadUInt64LittleEndian(header[32..]);
            yield return (
                Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]),
                BinaryPrimitives.ReadInt32LittleEndian(header[4..]) == NoBits
                    ? $"{size} zeros"
                    : Convert.ToHexStringLower(file.AsSpan(Offset(file, table, i), size)));
        }
    }

    private static int Offset(byte[] file, int table, int section) =>
        (int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(table + (section * HeaderSize) + 24));
}
