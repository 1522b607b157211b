using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;

namespace KernelSim.ObjectFiles;

/// <summary>What an eBPF object file has: maps, programs, global variables, types and source lines. Immutable, and without any machine.</summary>
public sealed class BpfObjectFile
{
    /// <summary>The size in bytes up to which files are read.</summary>
    public const int LargestFile = 16 << 20;

    internal BpfObjectFile()
    {
    }

    /// <summary>The name that it was read under.</summary>
    public required string Name { get; init; }

    /// <summary>Its license: the text of the section <c>license</c>; null where it has none.</summary>
    public required string? License { get; init; }

    /// <summary>Its sections, by index; the first is unused.</summary>
    public required ImmutableArray<ElfSection> Sections { get; init; }

    /// <summary>Its maps: those of <c>.maps</c>, those of sections <c>maps</c>, those of global variables.</summary>
    public required ImmutableArray<ObjectMap> Maps { get; init; }

    /// <summary>Its programs, linked, by section and place.</summary>
    public required ImmutableArray<ObjectProgram> Programs { get; init; }

    /// <summary>All functions, programs and others.</summary>
    public required ImmutableArray<ObjectFunction> Functions { get; init; }

    /// <summary>The functions and variables of the kernel that it uses.</summary>
    public required ImmutableArray<ObjectExtern> Externs { get; init; }

    /// <summary>Its global variables, by map and offset.</summary>
    public required ImmutableArray<ObjectVariable> Variables { get; init; }

    /// <summary>Its types; null if it was compiled without <c>-g</c>.</summary>
    public required BtfTypeTable? Types { get; init; }

    /// <summary>Reads an object file. Throws for no bytes whatever: a damaged or hostile file ends in a problem.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">The file's name or path, for messages and for the names of the maps of global variables.</param>
    /// <param name="file">The file; null if it is refused.</param>
    /// <param name="problem">Why it is refused; null if it is not.</param>
    public static bool TryRead(
        ReadOnlySpan<byte> bytes, string name, [NotNullWhen(true)] out BpfObjectFile? file, [NotNullWhen(false)] out ObjectProblem? problem)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectReading reading = new(name);
        file = new ObjectFileReader(name, reading).Read(new FileBytes(bytes.ToArray(), 0));
        problem = file is null ? reading.Problem! : null;
        return file is not null;
    }
}
