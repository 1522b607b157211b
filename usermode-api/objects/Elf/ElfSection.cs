using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles;

/// <summary>A section of an object file: a row of the section header table.</summary>
/// <param name="Index">Its index in the table.</param>
/// <param name="Name"><c>sh_name</c>, looked up in the table of names; empty for the unused first row.</param>
/// <param name="Type"><c>sh_type</c>.</param>
/// <param name="Flags"><c>sh_flags</c>.</param>
/// <param name="Offset"><c>sh_offset</c>: where its bytes are in the file.</param>
/// <param name="Size"><c>sh_size</c>, in bytes.</param>
/// <param name="Link"><c>sh_link</c>: the section of names or symbols that this one uses.</param>
/// <param name="Info"><c>sh_info</c>: of relocations, the section that they change.</param>
/// <param name="EntrySize"><c>sh_entsize</c>: the size of one entry of a table.</param>
public sealed record ElfSection(
    int Index, string Name, ElfSectionType Type, ElfSectionFlags Flags, ulong Offset, ulong Size, uint Link, uint Info, ulong EntrySize)
{
    /// <summary>Whether it holds instructions.</summary>
    public bool IsCode => Type == ElfSectionType.ProgBits && (Flags & ElfSectionFlags.Executable) != 0 && Size > 0;

    /// <summary>Whether it has bytes in the file.</summary>
    public bool HasBytes => Type is not (ElfSectionType.Null or ElfSectionType.NoBits);

    /// <summary>Its bytes; none where it has none in the file.</summary>
    internal FileBytes Bytes { get; init; }

    /// <summary>Where its header is in the file.</summary>
    internal long HeaderOffset { get; init; }
}
