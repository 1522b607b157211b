using KernelSim.ObjectFiles.Elf;
using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>Reads the maps that the variables of the section <c>.maps</c> define.</summary>
internal sealed class BtfMapReader(ElfFile file, BtfTypeTable? types, ObjectReading reading)
{
    /// <summary>The section's name.</summary>
    public const string SectionName = ".maps";

    private const int MostMaps = 4096;
    private const uint GlobalLinkage = 1;

    public bool TryRead(out List<BtfMapVariable> maps)
    {
        maps = [];
        if (file.Section(SectionName) is not { Size: > 0 } section)
        {
            return true;
        }

        BtfType variables = types?.All().FirstOrDefault(t => t.Kind == BtfKind.DataSection && t.Name == SectionName) ?? default;
        if (!reading.Require(types is not null && variables.Id != 0, CheckTable.MapsBtf, section.HeaderOffset, SectionName, 0)
            || !reading.Require(variables.Count <= MostMaps, CheckTable.MapsCount, variables.FileOffset + 4, SectionName, variables.Count, MostMaps))
        {
            return false;
        }

        Dictionary<string, ElfSymbol> symbols = SymbolsOf(section);
        foreach (BtfMember member in variables.Members())
        {
            if (!TryReadVariable(types!, member, section, symbols, out BtfMapVariable map))
            {
                return false;
            }

            maps.Add(map);
        }

        return true;
    }

    private Dictionary<string, ElfSymbol> SymbolsOf(ElfSection section)
    {
        Dictionary<string, ElfSymbol> symbols = new(StringComparer.Ordinal);
        foreach (ElfSymbol symbol in file.SymbolsOf[section.Index].Where(s => s.IsObject))
        {
            symbols.TryAdd(file.NameOf(symbol), symbol);
        }

        return symbols;
    }

    private bool TryReadVariable(
        BtfTypeTable btf, BtfMember member, ElfSection section, Dictionary<string, ElfSymbol> symbols, out BtfMapVariable map)
    {
        map = null!;
        BtfType variable = btf[member.Type];
        string name = variable.Name;
        string field = $"map '{name}'";
        if (!reading.Require(variable.Kind == BtfKind.Variable, CheckTable.MapsVariable, member.FileOffset, SectionName, (long)variable.Kind)
            || !reading.Require(name.Length > 0, CheckTable.MapsName, variable.FileOffset, "name_off", 0)
            || !reading.Require(variable.Extra == GlobalLinkage, CheckTable.MapsLinkage,
                variable.FileOffset + 12, field, variable.Extra, GlobalLinkage)
            || !reading.Require(symbols.TryGetValue(name, out ElfSymbol symbol), CheckTable.MapsVariable, variable.FileOffset, field, member.Type))
        {
            return false;
        }

        // The offsets of a DATASEC are zero until they are relocated; the symbols have them already.
        BtfType type = btf.Resolve(variable.Target);
        if (!reading.Require(type.Kind == BtfKind.Struct, CheckTable.MapsStruct,
            variable.FileOffset + 8, field, (long)type.Kind, (long)BtfKind.Struct)
            || !reading.Require(type.Size <= symbol.Size, CheckTable.MapsSize, type.FileOffset + 8, field, type.Size, (long)symbol.Size)
            || !reading.Require(section.Bytes.Length > 0, CheckTable.MapsSize, section.HeaderOffset + 32, field, section.Bytes.Length, 1))
        {
            return false;
        }

        MapDefinition definition = new(name, type, isInner: false);
        map = new BtfMapVariable(definition, (uint)symbol.Value, (uint)symbol.Size);
        return new MapDefinitionReader(btf, reading).TryRead(definition);
    }
}
