namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>Damage of headers, sections, symbols and relocations.</summary>
internal static class ElfDamage
{
    private const ulong Huge = 1UL << 60;

    public static DamageCase[] All { get; } =
    [
        new("elf.size", "counter", f => f.Resize(40)),
        new("elf.largest_size", "counter", f => f.Resize((16 << 20) + 1)),
        new("elf.magic", "counter", f => f.Set8(0, 0)),
        new("elf.class", "counter", f => f.Set8(4, 1)),
        new("elf.byte_order", "counter", f => f.Set8(5, 2)),
        new("elf.version", "counter", f => f.Set8(6, 9)),
        new("elf.type", "counter", f => f.Set16(16, 2)),
        new("elf.machine", "counter", f => f.Set16(18, 62)),
        new("elf.section_headers.entry_size", "counter", f => f.Set16(58, 40)),
        new("elf.section_headers.start", "counter", f => f.Set64(40, 0)),
        new("elf.section_headers.end", "counter", f => f.Set64(40, (ulong)f.Length)),
        new("elf.section_headers.end", "counter", f => f.Set64(40, ulong.MaxValue)),
        new("elf.section_headers.count", "counter", f => f.Set16(60, 0)),
        new("elf.section_headers.fit", "counter", f => f.Set16(60, 0xffff)),
        new("elf.section_names.index", "counter", f => f.Set16(62, 0xffff)),
        new("elf.section_names.type", "counter", f => f.Set32(f.Header(".strtab") + 4, 1)),
        new("elf.section.name", "counter", f => f.Set32(f.Header("bind"), 0xffffff)),
        new("elf.section.range", "counter", f => f.Set64(f.Header("bind") + 24, Huge)),
        new("elf.section.range", "counter", f => f.Set64(f.Header("bind") + 32, Huge)),
        new("elf.section.total", "counter", f =>
        {
            int header = f.Header("bind");
            f.Set64(header + 24, 0);
            f.Set64(header + 32, (ulong)f.Length);
        }),
        new("elf.symbol_table.count", "counter", f => f.Set32(f.Header(".symtab") + 4, 0x70000000)),
        new("elf.symbol_table.entry_size", "counter", f => f.Set64(f.Header(".symtab") + 56, 16)),
        new("elf.symbol_table.whole", "counter", f => f.Set64(f.Header(".symtab") + 32, 25)),
        new("elf.symbol_table.symbols", "counter", f => f.Replace(".symtab", new byte[24 * 262_145])),
        new("elf.symbol_table.names", "counter", f => f.Set32(f.Header(".symtab") + 40, 0xffff)),
        new("elf.symbol_table.names_type", "counter", f => f.Set32(f.Header(".symtab") + 40, f.Section("bind"))),
        new("elf.symbol.name", "counter", f => f.Set32(f.Symbol("count"), 0xffffff)),
        new("elf.symbol.section", "counter", f => f.Set16(f.Symbol("count") + 6, 0x8000)),
        new("elf.symbol.range", "counter", f => f.Set64(f.Symbol("count") + 8, Huge)),
        new("elf.symbol.range", "counter", f => f.Set64(f.Symbol("count") + 16, Huge)),
        new("elf.symbol.common", "functions", f => f.Set16(f.Symbol("middle") + 6, 0xfff2)),
        new("elf.symbol.undefined", "functions", f => f.Set16(f.Symbol("middle") + 6, 0)),
        new("elf.relocation.entry_size", "counter", f => f.Set64(f.Header(".relbind") + 56, 24)),
        new("elf.relocation.whole", "counter", f => f.Set64(f.Header(".relbind") + 32, 17)),
        new("elf.relocation.symbols", "counter", f => f.Set32(f.Header(".relbind") + 40, 1)),
        new("elf.relocation.target", "counter", f => f.Set32(f.Header(".relbind") + 44, 0xffff)),
        new("elf.relocation.addend", "counter", f => f.Set32(f.Header(".relbind") + 4, 4)),
        new("elf.relocation.symbol", "counter", f => f.Set32(f.Relocation(".relbind") + 12, 0xffffff)),
        new("elf.relocation.type", "counter", f => f.Set32(f.Relocation(".relbind") + 8, 99)),
        new("elf.relocation.offset", "counter", f => f.Set64(f.Relocation(".relbind"), Huge)),
        new("elf.relocation.alignment", "counter", f => f.Set64(f.Relocation(".relbind"), 4)),
        new("elf.relocation.instruction", "counter", f => f.Set64(f.Relocation(".relbind"), 0)),
        new("elf.relocation.instruction", "counter", f => f.Set64(f.Relocation(".relbind"), f.Get64(f.Relocation(".relbind")) + 8)),
        new("elf.relocation.twice", "counter", f => f.Set64(f.Relocation(".relbind"), f.Get64(f.Relocation(".relbind", 1)))),
        new("elf.license.length", "counter", f => f.Set8(f.Start("license") + f.Size("license") - 1, 'x')),
    ];
}
