using System.Buffers.Binary;

namespace KernelSim.ObjectFiles.Tests.Damage;

/// <summary>Damage of map definitions and of global variables.</summary>
internal static class MapDamage
{
    public static DamageCase[] All { get; } =
    [
        new("maps.btf", "counter", f => f.Set32(f.Header(".BTF"), 0)),
        DamageCase.OfTypes("maps.count", "counter", (_, t) => Repeat(t, t.Record(BtfKind.DataSection, ".maps"), 5000)),
        DamageCase.OfTypes("maps.variable", "counter", (f, t) => f.Set32(t.Record(BtfKind.DataSection, ".maps") + 12, 1)),
        new("maps.variable", "counter", f => f.Set16(f.Symbol("counts") + 6, 0)),
        DamageCase.OfTypes("maps.name", "counter", (f, t) => f.Set32(t.Record(BtfKind.Variable, "counts"), 0)),
        new("maps.name", "legacy", f => f.Set16(f.Symbol("plain") + 6, 0xfff1)),
        DamageCase.OfTypes("maps.unique", "maps", (f, t) => f.Set32(t.Record(BtfKind.Variable, "right"), t.Text("left"))),
        DamageCase.OfTypes("maps.linkage", "counter", (f, t) => f.Set32(t.Record(BtfKind.Variable, "counts") + 12, 0)),
        DamageCase.OfTypes("maps.struct", "counter", (f, t) => f.Set32(t.Record(BtfKind.Variable, "counts") + 8, t.IdOf(t.Record(BtfKind.Int)))),
        DamageCase.OfTypes("maps.size", "counter", (f, t) => f.Set32(t.MapStruct("counts") + 8, 1000)),
        DamageCase.OfTypes("maps.fields", "counter", (_, t) => Repeat(t, t.MapStruct("counts"), 33)),
        DamageCase.OfTypes("maps.field.unknown", "counter", (f, t) => f.Set32(Field(t, "counts", "key"), t.Text("counts"))),
        DamageCase.OfTypes("maps.field.twice", "counter", (f, t) => f.Set32(Field(t, "counts", "key"), t.Text("type"))),
        DamageCase.OfTypes("maps.field.number", "counter", (f, t) => f.Set32(Field(t, "counts", "max_entries") + 4, 0)),
        DamageCase.OfTypes(
            "maps.field.pointer", "counter", (f, t) => f.Set32(Field(t, "counts", "key") + 4, t.IdOf(t.Record(BtfKind.Int)))),
        DamageCase.OfTypes(
            "maps.field.type_size", "counter", (f, t) => f.Set32(t.Record((int)f.Get32(Field(t, "counts", "key") + 4)) + 8, 0)),
        DamageCase.OfTypes(
            "maps.field.size_conflict", "maps", (f, t) => f.Set32(Field(t, "left", "max_entries"), t.Text("key_size"))),
        DamageCase.OfTypes("maps.type", "counter", (f, t) => f.Set32(t.Number("counts", "type") + 20, 0)),
        DamageCase.OfTypes("maps.pinning", "counter", (f, t) => f.Set32(t.Number("counts", "pinning") + 20, 7)),
        new("maps.pinning", "legacy", f => f.Set32(f.Start("maps") + 20, 10)),
        DamageCase.OfTypes("maps.values.array", "maps", (f, t) => f.Set32(Field(t, "outer", "values") + 4, 1)),
        DamageCase.OfTypes("maps.values.last", "maps", (f, t) => f.Set32(Field(t, "outer", "key_size"), t.Text("values"))),
        DamageCase.OfTypes("maps.values.type", "maps", (f, t) => f.Set32(t.Number("outer", "type") + 20, 1)),
        DamageCase.OfTypes("maps.values.nested", "maps", (f, t) => f.Set32(Element(f, t) + 8, t.IdOf(t.MapStruct("outer")))),
        DamageCase.OfTypes("maps.values.element", "maps", (f, t) => f.Set32(Element(f, t) + 8, t.IdOf(t.Record(BtfKind.Int)))),
        new("maps.initial.place", "maps", f => f.Set64(f.Relocation(".rel.maps"), 0)),
        new("maps.initial.place", "maps", f => f.Set64(f.Relocation(".rel.maps"), f.Get64(f.Relocation(".rel.maps")) + 4)),
        DamageCase.OfTypes("maps.initial.index", "maps", (f, t) => f.Set32(t.Number("outer", "max_entries") + 20, 1)),
        new("maps.initial.map", "maps", f => f.Set32(RelocationOf(f, "left") + 12, SymbolIndex(f, "target"))),
        new("maps.initial.program", "maps", f => f.Set32(RelocationOf(f, "other") + 12, SymbolIndex(f, "left"))),
        new("maps.legacy.size", "legacy", f => f.Set64(f.Symbol("plain") + 16, 8)),
        new("maps.legacy.records", "legacy", f => f.Set64(f.Symbol("plain") + 16, 20)),
        new("maps.legacy.place", "legacy", f => f.Set64(f.Symbol("plain") + 8, 4)),
        new("maps.legacy.inner_map_idx", "legacy", f => f.Set32(f.Start("maps") + 32 + 16, 9)),
        new("maps.legacy.inner_id", "legacy", f => f.Set32(f.Start("maps") + 64 + 28, 9)),
        new("maps.data.size", "variables", f => f.Set64(f.Header(".bss") + 32, 1UL << 40)),
        new("maps.data.size", "variables", f =>
        {
            f.Set64(f.Header(".bss") + 32, 40 << 20);
            f.Set64(f.Header(".bss.seen") + 32, 40 << 20);
        }),
        new("maps.data.pointer", "variables", f =>
        {
            int header = f.Header(".rel.BTF");
            f.Set64(header + 32, 16);
            f.Set32(header + 44, f.Section(".bss"));
            f.Set64(f.Start(".rel.BTF"), 0);
        }),
    ];

    private static int Field(DamagedTypes types, string map, string field) => types.Member(types.MapStruct(map), field);

    // The pointer that the elements of outer's values are.
    private static int Element(DamagedObject file, DamagedTypes types)
    {
        int array = types.Record((int)file.Get32(Field(types, "outer", "values") + 4));
        return types.Record((int)file.Get32(array + 12));
    }

    private static int RelocationOf(DamagedObject file, string symbol)
    {
        int at = file.Start(".rel.maps");
        while (file.Get32(at + 12) != SymbolIndex(file, symbol))
        {
            at += 16;
        }

        return at;
    }

    private static int SymbolIndex(DamagedObject file, string symbol) => (file.Symbol(symbol) - file.Start(".symtab")) / 24;

    private static void Repeat(DamagedTypes types, int record, int count)
    {
        byte[] bytes = types.BytesOf(record);
        byte[] repeated = [.. bytes[..12], .. Enumerable.Repeat(bytes[12..24], count).SelectMany(m => m)];
        BinaryPrimitives.WriteUInt16LittleEndian(repeated.AsSpan(4), (ushort)count);
        types.Replace(record, repeated);
    }
}
