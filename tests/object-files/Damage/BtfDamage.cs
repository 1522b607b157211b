namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>Damage of types and of line and function info.</summary>
internal static class BtfDamage
{
    private const long Huge = 0xfffffff0;

    public static DamageCase[] All { get; } =
    [
        new("btf.header.size", "counter", f => f.Set64(f.Header(".BTF") + 32, 8)),
        DamageCase.OfTypes("btf.header.magic", "counter", (f, t) => f.Set16(t.Header, 0)),
        DamageCase.OfTypes("btf.header.version", "counter", (f, t) => f.Set8(t.Header + 2, 2)),
        DamageCase.OfTypes("btf.header.hdr_len", "counter", (f, t) => f.Set32(t.Header + 4, 4)),
        DamageCase.OfTypes("btf.header.hdr_len", "counter", (f, t) => f.Set32(t.Header + 4, Huge)),
        DamageCase.OfTypes("btf.types.alignment", "counter", (f, t) => f.Set32(t.Header + 8, 2)),
        DamageCase.OfTypes("btf.types.range", "counter", (f, t) => f.Set32(t.Header + 12, Huge)),
        DamageCase.OfTypes("btf.strings.range", "counter", (f, t) => f.Set32(t.Header + 16, Huge)),
        DamageCase.OfTypes("btf.strings.range", "counter", (f, t) => f.Set32(t.Header + 20, 0)),
        DamageCase.OfTypes("btf.strings.ends", "counter", (f, t) => f.Set8(t.Header + 24 + (int)f.Get32(t.Header + 16), 'x')),
        DamageCase.OfTypes("btf.type.kind", "counter", (f, t) => f.Set8(t.Record(1) + 7, 31)),
        DamageCase.OfTypes("btf.type.range", "counter", (f, t) => f.Set16(t.Record(BtfKind.Struct) + 4, 0xffff)),
        DamageCase.OfTypes("btf.type.range", "counter", (f, t) => f.Set32(t.Header + 12, f.Get32(t.Header + 12) - 4)),
        DamageCase.OfTypes("btf.types.count", "counter", (_, t) =>
            t.Replace(t.Record(1), [.. t.BytesOf(t.Record(1)), .. Enumerable.Repeat(t.BytesOf(t.Record(BtfKind.Int)), 262_144).SelectMany(b => b)])),
        DamageCase.OfTypes("btf.type.name", "counter", (f, t) => f.Set32(t.Record(BtfKind.Struct), Huge)),
        DamageCase.OfTypes("btf.type.name_length", "counter", (f, t) =>
        {
            long end = f.Get32(t.Header + 20);
            t.Replace(t.Record(1), t.BytesOf(t.Record(1)), new string('a', 600) + "\0");
            f.Set32(t.Record(1), end);
        }),
        DamageCase.OfTypes("btf.type.reference", "counter", (f, t) => f.Set32(t.Record(BtfKind.Pointer) + 8, Huge)),
        DamageCase.OfTypes("btf.type.reference", "counter", (f, t) => f.Set32(t.Record(BtfKind.Array) + 12, Huge)),
        DamageCase.OfTypes("btf.type.reference", "counter", (f, t) => f.Set32(t.Record(BtfKind.Struct) + 16, Huge)),
        new("btf.ext.header.size", "counter", f => f.Set64(f.Header(".BTF.ext") + 32, 8)),
        new("btf.ext.header.magic", "counter", f => f.Set16(f.Start(".BTF.ext"), 0)),
        new("btf.ext.header.version", "counter", f => f.Set8(f.Start(".BTF.ext") + 2, 2)),
        new("btf.ext.header.hdr_len", "counter", f => f.Set32(f.Start(".BTF.ext") + 4, Huge)),
        new("btf.ext.info.alignment", "counter", f => f.Set32(f.Start(".BTF.ext") + 8, 2)),
        new("btf.ext.info.range", "counter", f => f.Set32(f.Start(".BTF.ext") + 16, Huge)),
        new("btf.ext.info.range", "counter", f => f.Set32(f.Start(".BTF.ext") + 20, Huge)),
        new("btf.ext.info.record_size", "counter", f => f.Set32(Functions(f), 4)),
        new("btf.ext.info.section_name", "counter", f => f.Set32(Functions(f) + 4, Huge)),
        new("btf.ext.info.code", "counter", f => f.Set32(Functions(f) + 4, 0)),
        new("btf.ext.info.count", "counter", f => f.Set32(Functions(f) + 8, 0)),
        new("btf.ext.info.section", "counter", f => f.Set32(Functions(f) + 8, Huge)),
        new("btf.ext.info.offset", "counter", f => f.Set32(Functions(f) + 12, 3)),
        new("btf.ext.info.offset", "counter", f => f.Set32(Lines(f) + 12, 80_000)),
        new("btf.ext.function.type", "counter", f => f.Set32(Functions(f) + 16, 1)),
        new("btf.ext.line.string", "counter", f => f.Set32(Lines(f) + 16, Huge)),
        new("btf.ext.line.string", "counter", f => f.Set32(Lines(f) + 20, Huge)),
    ];

    private static int Functions(DamagedObject file) => Info(file, 8);

    private static int Lines(DamagedObject file) => Info(file, 16);

    private static int Info(DamagedObject file, int field)
    {
        int start = file.Start(".BTF.ext");
        return start + (int)file.Get32(start + 4) + (int)file.Get32(start + field);
    }
}
