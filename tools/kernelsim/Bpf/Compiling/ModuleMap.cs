using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Compiling;

/// <summary>A map of a module.</summary>
/// <param name="Member">The name of the enumeration's member that declares it.</param>
/// <param name="Name">The name of the map.</param>
/// <param name="Definition">Its definition in the object file.</param>
/// <param name="Inner">The member of the map that is the template of its inner maps; null for none.</param>
internal sealed record ModuleMap(string Member, string Name, ObjectMap Definition, string? Inner)
{
    /// <summary>
    /// The maps of an object file, with the same numbers; then templates of inner maps that only a definition has: a module's templates are maps
    /// of its own.
    /// </summary>
    public static IReadOnlyList<ModuleMap> Of(BpfObjectFile file)
    {
        ClrNames names = new();
        string[] members = [.. file.Maps.Select(m => names.Unique(m.Name))];
        List<ModuleMap> maps = [];
        List<ModuleMap> templates = [];
        foreach (ObjectMap map in file.Maps)
        {
            string? inner = map.InnerIndex is { } index ? members[index] : null;
            if (inner is null && map.Inner is { } template)
            {
                inner = names.Unique($"{map.Name}_inner");
                templates.Add(new ModuleMap(inner, $"{map.Name}.inner", template, null));
            }

            maps.Add(new ModuleMap(members[map.Index], map.Name, map, inner));
        }

        return [.. maps, .. templates];
    }

    /// <summary>What a map of maps or programs holds at first, by index: members and methods, and empty strings between them.</summary>
    /// <param name="targets">The names of the maps or methods that initial values refer to.</param>
    public string[] Values(IReadOnlyList<string> targets)
    {
        string[] values = new string[Definition.InitialValues.Select(v => (int)v.Index + 1).DefaultIfEmpty(0).Max()];
        Array.Fill(values, "");
        foreach (InitialValue value in Definition.InitialValues)
        {
            values[value.Index] = targets[value.Target];
        }

        return values;
    }
}
