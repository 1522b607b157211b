namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>Damage of functions, calls and references.</summary>
internal static class CodeDamage
{
    private const int Million = 1_000_000;

    public static DamageCase[] All { get; } =
    [
        new("elf.code.size", "labels", f => f.Set64(f.Header("unnamed") + 32, 12)),
        new("elf.function.alignment", "counter", f => f.Set64(f.Symbol("count") + 16, (ulong)f.Size("bind") - 4)),
        new("elf.function.alignment", "functions", f => f.Set64(f.Symbol("middle") + 8, f.Get64(f.Symbol("middle") + 8) + 4)),
        new("elf.function.empty", "labels", f => f.Set64(f.Symbol("drop") + 8, (ulong)f.Size("xdp"))),
        new("elf.function.overlap", "functions", f => f.Set64(f.Symbol("third") + 8, f.Get64(f.Symbol("third") + 8) - 8)),
        new("elf.instruction.second_half", "counter", f => f.Set8(f.Start("bind") + f.Size("bind") - 8, 0x18)),
        new("elf.call.target", "functions", f => f.Set32(f.Relocated("xdp/first") + 4, 1)),
        new("elf.call.target", "functions", f => f.Set16(f.Symbol("middle") + 6, f.Section(".BTF"))),
        new("elf.address.target", "functions", f => f.Set32(FirstWide(f, "xdp/second") + 4, 8)),
        new("elf.reference.section", "variables", f => f.Set16(f.Symbol("ceiling") + 6, f.Section(".BTF"))),
        new("elf.reference.map", "counter", f => f.Set32(f.Relocated("bind") + 4, 4)),
        new("elf.reference.data", "variables", f => f.Set32(f.Relocated("bind") + 4, 1000)),
        new("elf.reference.data", "variables", f => f.Set32(f.Relocated("bind") + 4, -1)),
        new("elf.program.size", "labels", f => f.Replace("unnamed", new byte[8 * (Million + 1)])),
        new("elf.program.total", "labels", f =>
        {
            f.Replace("xdp", new byte[8 * Million]);
            f.Set64(f.Symbol("pass") + 8, 0);
            f.Set64(f.Symbol("pass") + 16, 8 * Million);
            f.Set64(f.Symbol("drop") + 8, 0);
            f.Set64(f.Symbol("drop") + 16, 8 * Million);
        }),
    ];

    private static int FirstWide(DamagedObject file, string code)
    {
        int at = file.Start(code);
        while (file.Bytes[at] != 0x18)
        {
            at += 8;
        }

        return at;
    }
}
