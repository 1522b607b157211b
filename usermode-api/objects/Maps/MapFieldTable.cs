namespace KernelSim.ObjectFiles.Maps;

/// <summary>The fields that a map's definition can have, as libbpf knows them: a row for each.</summary>
internal static class MapFieldTable
{
    /// <summary>How each field is read.</summary>
    public static IReadOnlyDictionary<string, Func<MapFieldReader, MapField, bool>> Rows { get; } =
        new Dictionary<string, Func<MapFieldReader, MapField, bool>>(StringComparer.Ordinal)
        {
            ["type"] = (reader, field) => reader.TryReadType(field),
            ["key"] = (reader, field) => reader.TryReadKey(field),
            ["key_size"] = (reader, field) => reader.TryReadKeySize(field),
            ["value"] = (reader, field) => reader.TryReadValue(field),
            ["value_size"] = (reader, field) => reader.TryReadValueSize(field),
            ["max_entries"] = (reader, field) => reader.TryReadNumber(field, out uint n) && Set(field.Definition.MaxEntries = n),
            ["map_flags"] = (reader, field) => reader.TryReadNumber(field, out uint n) && Set(field.Definition.Flags = n),
            ["map_extra"] = (reader, field) => reader.TryReadNumber(field, out _),
            ["numa_node"] = (reader, field) => reader.TryReadNumber(field, out _),
            ["pinning"] = (reader, field) => reader.TryReadPinning(field),
            ["values"] = (reader, field) => reader.TryReadValues(field),
        };

    private static bool Set(uint _) => true;
}
