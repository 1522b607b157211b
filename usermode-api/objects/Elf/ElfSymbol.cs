namespace KernelSim.ObjectFiles.Elf;

/// <summary>A symbol: a row of <c>.symtab</c>, <c>Elf64_Sym</c>.</summary>
/// <param name="Index">Its index in the table.</param>
/// <param name="NameOffset"><c>st_name</c>.</param>
/// <param name="Info"><c>st_info</c>: binding and type.</param>
/// <param name="SectionIndex"><c>st_shndx</c>.</param>
/// <param name="Value"><c>st_value</c>: its offset in the section.</param>
/// <param name="Size"><c>st_size</c>.</param>
internal readonly record struct ElfSymbol(int Index, uint NameOffset, byte Info, ushort SectionIndex, ulong Value, ulong Size)
{
    /// <summary><c>sizeof(Elf64_Sym)</c>.</summary>
    public const int Length = 24;

    private const ushort Undefined = 0;
    private const ushort FirstReserved = 0xff00;
    private const ushort CommonSection = 0xfff2;

    public bool IsLocal => Info >> 4 == 0;

    public bool IsWeak => Info >> 4 == 2;

    public bool IsNoType => (Info & 15) == 0;

    public bool IsObject => (Info & 15) == 1;

    public bool IsFunction => (Info & 15) == 2;

    public bool IsOfSection => (Info & 15) == 3;

    public bool IsUndefined => SectionIndex == Undefined;

    public bool IsCommon => SectionIndex == CommonSection;

    /// <summary>Whether its section is one of the file.</summary>
    public bool HasSection => SectionIndex is not Undefined and < FirstReserved;
}
