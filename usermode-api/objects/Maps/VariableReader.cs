using KernelSim.ObjectFiles.Elf;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>Finds the global variables: the symbols of their sections.</summary>
internal static class VariableReader
{
    public static IEnumerable<ObjectVariable> Read(ElfFile file, BtfTypeTable? types, IReadOnlyDictionary<int, int> mapOfSection)
    {
        Dictionary<string, int> typeOf = new(StringComparer.Ordinal);
        foreach (BtfType type in (types?.All() ?? []).Where(t => t.Kind == BtfKind.Variable))
        {
            typeOf.TryAdd(type.Name, type.Id);
        }

        foreach ((int section, int map) in mapOfSection.OrderBy(s => s.Value))
        {
            foreach (ElfSymbol symbol in file.SymbolsOf[section].Where(s => s.IsObject).OrderBy(s => s.Value))
            {
                string name = file.NameOf(symbol);
                yield return new ObjectVariable(name, map, (uint)symbol.Value, (uint)symbol.Size, typeOf.GetValueOrDefault(name));
            }
        }
    }
}
