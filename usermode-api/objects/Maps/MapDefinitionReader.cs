using KernelSim.ObjectFiles.Rules;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.ObjectFiles.Maps;

/// <summary>Reads the struct that defines a map.</summary>
internal sealed class MapDefinitionReader(BtfTypeTable types, ObjectReading reading)
{
    private const int MostFields = 32;

    public bool TryRead(MapDefinition definition)
    {
        BtfType type = definition.Struct;
        if (!reading.Require(type.Count <= MostFields, CheckTable.MapsFields, type.FileOffset + 4, $"map '{definition.Map}'", type.Count, MostFields))
        {
            return false;
        }

        HashSet<string> seen = new(StringComparer.Ordinal);
        MapFieldReader fields = new(types, reading);
        for (int i = 0; i < type.Count; i++)
        {
            MapField field = new(definition, type.Member(i), i);
            bool isKnown = MapFieldTable.Rows.TryGetValue(field.Member.Name, out Func<MapFieldReader, MapField, bool>? read);
            if (!reading.Require(isKnown, CheckTable.MapsField, field.Member.FileOffset, field.Name, i)
                || !reading.Require(seen.Add(field.Member.Name), CheckTable.MapsFieldTwice, field.Member.FileOffset, field.Name, 2, 1)
                || !read!(fields, field))
            {
                return false;
            }
        }

        return reading.Require(
            definition.Type != BpfMapType.Unspec, CheckTable.MapsTypeMissing, type.FileOffset, $"map '{definition.Map}': type", 0);
    }
}
