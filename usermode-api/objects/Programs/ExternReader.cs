using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>Finds the externs: undefined symbols that BTF declares in <c>.ksyms</c> or <c>.kconfig</c>.</summary>
internal static class ExternReader
{
    private static readonly string[] s_sections = [".ksyms", ".kconfig"];

    /// <summary>The externs by the index of their symbol.</summary>
    public static Dictionary<int, ObjectExtern> Read(ElfFile file, BtfTypeTable? types)
    {
        Dictionary<int, ObjectExtern> externs = [];
        if (types is null)
        {
            return externs;
        }

        Dictionary<string, (string Section, BtfType Type)> declared = new(StringComparer.Ordinal);
        ILookup<int, string> tags = types.All().Where(t => t.Kind == BtfKind.DeclarationTag).ToLookup(t => t.Target, t => t.Name);
        foreach (BtfType section in types.All().Where(t => t.Kind == BtfKind.DataSection && s_sections.Contains(t.Name)))
        {
            foreach (BtfMember member in section.Members())
            {
                declared.TryAdd(types[member.Type].Name, (section.Name, types[member.Type]));
            }
        }

        foreach (ElfSymbol symbol in file.Symbols.Where(s => s.IsUndefined && s.NameOffset != 0))
        {
            string name = file.NameOf(symbol);
            if (declared.TryGetValue(name, out (string Section, BtfType Type) found))
            {
                bool isFunction = found.Type.Kind == BtfKind.Function;
                externs.Add(
                    symbol.Index,
                    new ObjectExtern(externs.Count, name, found.Section, isFunction, symbol.IsWeak, found.Type.Id, [.. tags[found.Type.Id]]));
            }
        }

        return externs;
    }
}
