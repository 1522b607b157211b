using System.Text.Json;
using KernelSim.ObjectFiles;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>A map's definition as the members of a JSON object.</summary>
internal static class MapJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, BpfObjectFile file, ObjectMap map)
    {
        json.WriteString("name", map.Name);
        json.WriteString("section", map.Section);
        Definition(json, map);
        json.WriteBoolean("pinned_by_name", map.Pinning == EbpfPinType.ByName);
        if (map.HoldsVariables)
        {
            json.WriteBoolean("read_only", map.Kind == ObjectMapKind.ReadOnlyData);
            json.WriteString("contents", Convert.ToHexStringLower(map.Contents.Span));
        }

        if (map.Inner is { } inner)
        {
            json.WriteStartObject("inner");
            json.WriteString("name", map.InnerIndex is { } index ? file.Maps[index].Name : null);
            Definition(json, inner);
            json.WriteEndObject();
        }

        SectionsJson.Array(json, "values", map.InitialValues, value =>
        {
            json.WriteNumber("index", value.Index);
            json.WriteString("value", map.HoldsMaps ? file.Maps[value.Target].Name : file.Programs[value.Target].Name);
        });
    }

    private static void Definition(Utf8JsonWriter json, ObjectMap map)
    {
        json.WriteString("type", ObjectWords.MapType(map));
        json.WriteNumber("key_size", map.KeySize);
        json.WriteNumber("value_size", map.ValueSize);
        json.WriteNumber("max_entries", map.MaxEntries);
        json.WriteNumber("flags", map.Flags);
        json.WriteNumber("key_type_id", map.KeyType);
        json.WriteNumber("value_type_id", map.ValueType);
    }
}
