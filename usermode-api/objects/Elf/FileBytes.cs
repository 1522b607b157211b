using System.Buffers.Binary;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>A run of bytes of the file, which knows where in the file it is. Numbers are little endian; the caller has checked the bounds.</summary>
/// <param name="Memory">The bytes: part of the one copy of the file.</param>
/// <param name="Offset">Where in the file they start.</param>
internal readonly record struct FileBytes(ReadOnlyMemory<byte> Memory, long Offset)
{
    public ReadOnlySpan<byte> Span => Memory.Span;

    public int Length => Memory.Length;

    public ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Span[at..]);

    public uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Span[at..]);

    public ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Span[at..]);

    public FileBytes Slice(int start, int length) => new(Memory.Slice(start, length), Offset + start);
}
