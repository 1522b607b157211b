using System.Collections.Immutable;
using KernelSim.Protocol;

namespace KernelSim.ObjectFiles;

/// <summary>A map that an object file defines.</summary>
public sealed record ObjectMap
{
    /// <summary>Its index in <see cref="BpfObjectFile.Maps"/>; -1 for a template that only another map's definition has.</summary>
    public required int Index { get; init; }

    /// <summary>
    /// Its name: the variable's. A section of global variables has libbpf's: up to eight characters of the file's name, and the section's.
    /// </summary>
    public required string Name { get; init; }

    /// <summary>How it is defined.</summary>
    public required ObjectMapKind Kind { get; init; }

    /// <summary>The section that defines it.</summary>
    public required string Section { get; init; }

    /// <summary>The index of that section.</summary>
    public required int SectionIndex { get; init; }

    /// <summary>Where in the section its definition starts, in bytes.</summary>
    public uint SectionOffset { get; init; }

    /// <summary>Its type, by eBPF for Windows' numbers. The file can have a number that no type has.</summary>
    public BpfMapType Type { get; init; }

    /// <summary>Size of a key in bytes.</summary>
    public uint KeySize { get; init; }

    /// <summary>Size of one CPU's value in bytes.</summary>
    public uint ValueSize { get; init; }

    /// <summary>The number of its elements, or of bytes for a ring.</summary>
    public uint MaxEntries { get; init; }

    /// <summary><c>map_flags</c>.</summary>
    public uint Flags { get; init; }

    /// <summary>Whether it is to be pinned under its name. A legacy definition can have a number that means neither; it is not pinned then.</summary>
    public EbpfPinType Pinning { get; init; }

    /// <summary><c>id</c> of a legacy definition; 0 for none.</summary>
    public uint Id { get; init; }

    /// <summary>Of a map of maps: the definition that its inner maps have. Null where the file gives none.</summary>
    public ObjectMap? Inner { get; init; }

    /// <summary>Of a map of maps: the map of the file that has the definition of its inner maps; null where none has it.</summary>
    public int? InnerIndex { get; init; }

    /// <summary>What a map of maps or a program array holds at first, in the order of the indices.</summary>
    public ImmutableArray<InitialValue> InitialValues { get; init; } = [];

    /// <summary>Of global variables: their bytes at first. Empty for <c>.bss</c>, where all are zero.</summary>
    public ReadOnlyMemory<byte> Contents { get; init; }

    /// <summary>The type of its keys; 0 for none.</summary>
    public int KeyType { get; init; }

    /// <summary>The type of its values, for global variables that of their section; 0 for none.</summary>
    public int ValueType { get; init; }

    /// <summary><c>inner_id</c> of a legacy definition.</summary>
    internal uint InnerId { get; init; }

    /// <summary>Where in the file its definition is.</summary>
    internal long FileOffset { get; init; }

    /// <summary>Whether it holds global variables.</summary>
    public bool HoldsVariables => Kind is ObjectMapKind.Data or ObjectMapKind.ReadOnlyData or ObjectMapKind.Bss;

    /// <summary>Whether its values are maps.</summary>
    public bool HoldsMaps => Type is BpfMapType.ArrayOfMaps or BpfMapType.HashOfMaps;
}

/// <summary>A value that a map holds before any program runs.</summary>
/// <param name="Index">The key: an index.</param>
/// <param name="Target">The index of the map in <see cref="BpfObjectFile.Maps"/>, or of the program in <see cref="BpfObjectFile.Programs"/>.</param>
public readonly record struct InitialValue(uint Index, int Target);
