using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;

namespace KernelSim.Bytecode.Modules;

/// <summary>The data of a program in a module: a version, then the members of <see cref="ModuleProgram"/>, little endian.</summary>
internal static class ModuleFormat
{
    private const int Version = 1;
    private const long NoHelper = -1;

    public static byte[] Write(ModuleProgram program)
    {
        MemoryStream bytes = new();
        using BinaryWriter writer = new(bytes, Encoding.UTF8);
        writer.Write(Version);
        writer.Write(program.Name);
        writer.Write(program.Frames);
        writer.Write(program.UnwindHelper ?? NoHelper);
        writer.Write(program.Instructions.Length);
        writer.Write(MemoryMarshal.AsBytes(program.Instructions.AsSpan()));
        writer.Write(program.References.Length);
        foreach (ModuleReference reference in program.References)
        {
            writer.Write(reference.Instruction);
            writer.Write(reference.Map);
            writer.Write(reference.IsValue);
            writer.Write(reference.Offset);
            writer.Write(reference.IsReadOnly);
        }

        writer.Write(program.Lines.Length);
        foreach (ModuleLine line in program.Lines)
        {
            writer.Write(line.Instruction);
            writer.Write(line.Source?.Line ?? 0);
            writer.Write(line.Source?.File ?? "");
            writer.Write(line.Source?.Text ?? "");
        }

        return bytes.ToArray();
    }

    public static ModuleProgram Read(ReadOnlySpan<byte> bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes.ToArray(), writable: false), Encoding.UTF8);
        int version = reader.ReadInt32();
        if (version != Version)
        {
            throw new InvalidDataException($"a module's program of version {version} given, expected {Version}: compile the object file again");
        }

        return new ModuleProgram
        {
            Name = reader.ReadString(),
            Frames = reader.ReadInt32(),
            UnwindHelper = reader.ReadInt64() is var helper and not NoHelper ? (uint)helper : null,
            Instructions = BpfInstruction.Read(reader.ReadBytes(reader.ReadInt32() * BpfInstruction.Size)),
            References = Many(reader, ReadReference),
            Lines = Many(reader, ReadLine),
        };
    }

    private static ModuleReference ReadReference(BinaryReader reader) =>
        new(reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean(), reader.ReadUInt32(), reader.ReadBoolean());

    private static ModuleLine ReadLine(BinaryReader reader)
    {
        int instruction = reader.ReadInt32();
        int number = reader.ReadInt32();
        string file = reader.ReadString();
        string text = reader.ReadString();
        return new(instruction, number == 0 ? null : new ProgramSourceLine(file, number, text));
    }

    private static ImmutableArray<T> Many<T>(BinaryReader reader, Func<BinaryReader, T> read) =>
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => read(reader))];
}
