using System.Text.Json;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Objects;

/// <summary>What is in an object file, as one JSON document.</summary>
internal static class SectionsJson
{
    /// <summary>Writes it.</summary>
    public static void Write(Utf8JsonWriter json, BpfObjectFile file)
    {
        json.WriteStartObject();
        json.WriteString("file", file.Name);
        json.WriteString("license", file.License);
        Array(json, "sections", file.Sections.Skip(1), section =>
        {
            json.WriteNumber("index", section.Index);
            json.WriteString("name", section.Name);
            json.WriteString("type", ObjectWords.SectionType(section));
            json.WriteNumber("offset", section.Offset);
            json.WriteNumber("size", section.Size);
            json.WriteString("flags", ObjectWords.SectionFlags(section));
        });
        Array(json, "programs", file.Programs, program => Program(json, file, program));
        Array(json, "maps", file.Maps, map => MapJson.Write(json, file, map));
        Array(json, "variables", file.Variables, variable =>
        {
            json.WriteString("name", variable.Name);
            json.WriteString("map", file.Maps[variable.Map].Name);
            json.WriteNumber("offset", variable.Offset);
            json.WriteNumber("size", variable.Size);
            json.WriteNumber("type_id", variable.Type);
        });
        Array(json, "externs", file.Externs, item =>
        {
            json.WriteString("name", item.Name);
            json.WriteString("kind", item.IsFunction ? "function" : "variable");
            json.WriteString("section", item.Section);
            json.WriteBoolean("weak", item.IsWeak);
            json.WriteNumber("type_id", item.Type);
            Strings(json, "tags", item.Tags);
        });
        Array(json, "types", file.Types?.All() ?? [], type => TypeJson.Write(json, type));
        json.WriteEndObject();
    }

    /// <summary>Writes a member that is an array of objects.</summary>
    public static void Array<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Program(Utf8JsonWriter json, BpfObjectFile file, ObjectProgram program)
    {
        json.WriteString("name", program.Name);
        json.WriteString("section", program.Section);
        json.WriteString("type", ObjectWords.ProgramType(program));
        json.WriteString("attach_type", ObjectWords.AttachType(program));
        json.WriteNumber("instructions", program.Instructions.Length);
        Strings(json, "functions", program.Functions.Select(f => f.Function.Name));
        Strings(json, "maps", program.MapReferences.Select(r => file.Maps[r.Map].Name).Distinct());
        json.WriteStartArray("helpers");
        foreach (int helper in program.HelperCalls.Select(h => h.Helper).Distinct().Order())
        {
            json.WriteNumberValue(helper);
        }

        json.WriteEndArray();
    }

    /// <summary>Writes a member that is an array of strings.</summary>
    public static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
