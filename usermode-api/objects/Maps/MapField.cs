namespace KernelSim.ObjectFiles.Maps;

/// <summary>A field of a map's definition that is being read.</summary>
/// <param name="Definition">The map.</param>
/// <param name="Member">The field.</param>
/// <param name="Index">Which field of the struct it is.</param>
internal readonly record struct MapField(MapDefinition Definition, BtfMember Member, int Index)
{
    /// <summary>The map and the field, for messages.</summary>
    public string Name => $"map '{Definition.Map}': {Member.Name}";
}
