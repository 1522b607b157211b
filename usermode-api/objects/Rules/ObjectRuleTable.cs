using System.Reflection;
using KernelSim.ObjectFiles.Rules;

namespace KernelSim.ObjectFiles;

/// <summary>All rules that an object file must obey.</summary>
public static class ObjectRuleTable
{
    /// <summary>Every rule once: of the ELF file, of BTF, of maps.</summary>
    public static IReadOnlyList<ObjectRule> All { get; } = [.. RowsOf(typeof(ElfRules)), .. RowsOf(typeof(BtfRules)), .. RowsOf(typeof(MapRules))];

    private static IEnumerable<ObjectRule> RowsOf(Type table) =>
        table.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<ObjectRule>();
}
