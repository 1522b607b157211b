using System.Collections.Immutable;

namespace KernelSim.ObjectFiles.Elf;

/// <summary>The tables of an object file: sections, symbols, and the names of both.</summary>
internal sealed class ElfFile
{
    public required ImmutableArray<ElfSection> Sections { get; init; }

    public required ElfSection SymbolTable { get; init; }

    public required ElfSymbol[] Symbols { get; init; }

    public required StringTable SymbolNames { get; init; }

    /// <summary>The symbols of each section, by its index, in the order of the table; those in no section are not among them.</summary>
    public ILookup<int, ElfSymbol> SymbolsOf => field ??= Symbols.Where(s => s.HasSection).ToLookup(s => (int)s.SectionIndex);

    /// <summary>The first section of a name.</summary>
    public ElfSection? Section(string name) => Sections.FirstOrDefault(s => s.Name == name && s.Type != ElfSectionType.Null);

    /// <summary>The section that a symbol is in; null for one that is in none.</summary>
    public ElfSection? SectionOf(ElfSymbol symbol) => symbol.HasSection ? Sections[symbol.SectionIndex] : null;

    /// <summary>A symbol's name; that of its section where it stands for one.</summary>
    public string NameOf(ElfSymbol symbol) =>
        symbol.IsOfSection && SectionOf(symbol) is { } section ? section.Name : SymbolNames.At(symbol.NameOffset) ?? "";

    /// <summary>Where in the file a symbol's row is.</summary>
    public long OffsetOf(ElfSymbol symbol) => SymbolTable.Bytes.Offset + ((long)symbol.Index * ElfSymbol.Length);
}
