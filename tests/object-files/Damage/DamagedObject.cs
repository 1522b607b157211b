using System.Buffers.Binary;
using System.Text;
using KernelSim.ObjectFiles.Tests.Support;

namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>A copy of an object to damage: it knows where fields are, by code of its own.</summary>
internal sealed class DamagedObject(string name)
{
    private const int SectionHeader = 64;

    public byte[] Bytes { get; private set; } = TestObject.Bytes(name);

    public int Length => Bytes.Length;

    private int HeaderTable => (int)Get64(40);

    private int SectionCount => Get16(60);

    public ushort Get16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(Bytes.AsSpan(at));

    public uint Get32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(Bytes.AsSpan(at));

    public ulong Get64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(Bytes.AsSpan(at));

    public void Set8(int at, int value) => Bytes[at] = (byte)value;

    public void Set16(int at, int value) => BinaryPrimitives.WriteUInt16LittleEndian(Bytes.AsSpan(at), (ushort)value);

    public void Set32(int at, long value) => BinaryPrimitives.WriteUInt32LittleEndian(Bytes.AsSpan(at), (uint)value);

    public void Set64(int at, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Bytes.AsSpan(at), value);

    public void Resize(int length)
    {
        byte[] bytes = Bytes;
        Array.Resize(ref bytes, length);
        Bytes = bytes;
    }

    /// <summary>The index of a section.</summary>
    public int Section(string section) =>
        Enumerable.Range(1, SectionCount - 1).First(i => TextAt(Start(Get16(62)) + (int)Get32(Header(i))) == section);

    /// <summary>Where the header of a section is.</summary>
    public int Header(int section) => HeaderTable + (section * SectionHeader);

    /// <inheritdoc cref="Header(int)"/>
    public int Header(string section) => Header(Section(section));

    /// <summary>Where a section's bytes start.</summary>
    public int Start(int section) => (int)Get64(Header(section) + 24);

    /// <inheritdoc cref="Start(int)"/>
    public int Start(string section) => Start(Section(section));

    /// <summary>A section's size.</summary>
    public int Size(string section) => (int)Get64(Header(section) + 32);

    /// <summary>Gives a section other bytes, at the end of the file.</summary>
    public void Replace(string section, byte[] bytes)
    {
        int at = Length;
        Resize(at + bytes.Length);
        bytes.CopyTo(Bytes, at);
        Set64(Header(section) + 24, (ulong)at);
        Set64(Header(section) + 32, (ulong)bytes.Length);
    }

    /// <summary>Where the row of a symbol is.</summary>
    public int Symbol(string symbol)
    {
        int names = Start((int)Get32(Header(".symtab") + 40));
        return Start(".symtab") + (24 * Enumerable.Range(1, (Size(".symtab") / 24) - 1)
            .First(i => TextAt(names + (int)Get32(Start(".symtab") + (24 * i))) == symbol));
    }

    /// <summary>Where a relocation is.</summary>
    public int Relocation(string section, int index = 0) => Start(section) + (16 * index);

    /// <summary>Where in the file the code is that a relocation changes.</summary>
    public int Relocated(string code, int index = 0) => Start(code) + (int)Get64(Relocation($".rel{code}", index));

    public string TextAt(int at) => Encoding.ASCII.GetString(Bytes.AsSpan(at, Bytes.AsSpan(at).IndexOf((byte)0)));
}
