using System.Text.Json;
using KernelSim.Debugger.Stores;
using KernelSim.Debugger.Structures;
using KernelSim.Debugger.Targets;

namespace KernelSim.Playground.State;

/// <summary>The maps with their elements, as they lie in pool: of a per-CPU map the slot of each CPU, its padding included.</summary>
internal static class MapJson
{
    /// <summary>Maps that are written.</summary>
    private const int MostMaps = 64;

    /// <summary>Elements of a map that are written.</summary>
    private const int MostElements = 64;

    /// <summary>Bytes of a key or a slot that are written.</summary>
    private const int MostBytes = 256;

    /// <summary>The largest value that is read: the memory of a page is small.</summary>
    private const uint LargestValue = 1 << 20;

    /// <summary>Writes the property <c>maps</c>.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="machine">The machine to look at, between two calls.</param>
    /// <param name="memory">Its pool.</param>
    /// <param name="descriptors">The program's descriptors.</param>
    /// <param name="more">Gets how many maps were left out.</param>
    public static void Write(
        Utf8JsonWriter json, MachineView machine, KernelMemory memory, DescriptorNames descriptors, Dictionary<string, long> more)
    {
        json.WriteStartArray("maps");
        if (CoreView.Find(machine) is { } core)
        {
            PinView[] pins = [.. core.Pins];
            int written = 0;
            foreach (MapView map in core.Maps)
            {
                if (written++ < MostMaps)
                {
                    Write(json, map, memory, descriptors.Of(map.Id), pins.Where(p => p.Object.Id == map.Id).Select(p => p.Path));
                }
            }

            if (written > MostMaps)
            {
                more["maps"] = written - MostMaps;
            }
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, MapView map, KernelMemory memory, IReadOnlyList<int> descriptors, IEnumerable<string> pins)
    {
        json.WriteStartObject();
        json.WriteNumber("id", map.Id);
        json.WriteString("name", map.Name);
        json.WriteString("type", map.TypeName);
        json.WriteStartArray("fd");
        foreach (int descriptor in descriptors)
        {
            json.WriteNumberValue(descriptor);
        }

        json.WriteEndArray();
        json.WriteNumber("key_size", map.KeySize);
        json.WriteNumber("value_size", map.ValueSize);
        json.WriteNumber("slot_size", map.Stride);
        json.WriteNumber("max_entries", map.MaxEntries);
        json.WriteNumber("references", map.Object.References);
        json.WriteStartArray("pinned");
        foreach (string pin in pins)
        {
            json.WriteStringValue(pin);
        }

        json.WriteEndArray();
        WriteElements(json, map, memory);
        json.WriteEndObject();
    }

    private static void WriteElements(Utf8JsonWriter json, MapView map, KernelMemory memory)
    {
        Damage damage = new();
        long count = 0;
        int shown = 0;
        json.WriteStartArray("elements");
        try
        {
            IMapStore store = MapStores.Of(memory, map);
            count = store.Count(damage);
            foreach (MapElement element in map.ValueBytes <= LargestValue ? store.Elements(damage).Take(MostElements) : [])
            {
                Write(json, map, element);
                shown++;
            }
        }
        catch (TargetReadException unreadable)
        {
            damage.Report(unreadable.Message);
        }

        json.WriteEndArray();
        json.WriteNumber("entries", count);
        json.WriteNumber("shown", shown);
        if (count > shown)
        {
            json.WriteNumber("more", count - shown);
        }

        List<string> lines = [];
        damage.Tell(lines.Add);
        if (lines.Count > 0)
        {
            json.WriteString("damage", string.Join('\n', lines));
        }
    }

    private static void Write(Utf8JsonWriter json, MapView map, MapElement element)
    {
        json.WriteStartObject();
        if (element.Key is { } key)
        {
            json.WriteString("key", Hex(key));
        }

        if (map.IsPerCpu && map.Slots > 1)
        {
            json.WriteStartArray("values");
            for (int cpu = 0; cpu < map.Slots; cpu++)
            {
                json.WriteStringValue(Hex(element.Value.AsSpan(cpu * (int)map.Stride, (int)map.Stride)));
            }

            json.WriteEndArray();
        }
        else
        {
            json.WriteString("value", Hex(element.Value));
        }

        json.WriteEndObject();
    }

    private static string Hex(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(bytes[..Math.Min(bytes.Length, MostBytes)]);
}
