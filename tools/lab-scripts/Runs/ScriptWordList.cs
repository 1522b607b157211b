using System.Text.Json;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Runs;

/// <summary>The words of lab scripts as JSON, for an editor that completes and explains them. Texts with <c>`</c> are Markdown.</summary>
internal static class ScriptWordList
{
    /// <summary>
    /// Writes an object: <c>ops</c> with their fields and results, <c>map_types</c> by name and number, and <c>machine</c>, the options of a run with
    /// their defaults.
    /// </summary>
    public static void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("ops");
        foreach (ScriptOp op in ScriptOpTable.All)
        {
            Write(json, op, ScriptOpWords.Of(op.Name));
        }

        json.WriteEndArray();
        json.WriteStartArray("map_types");
        foreach (string name in BpfMapTypeNames.All)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteNumber("number", BpfMapTypeNames.TryParse(name, out BpfMapType type) ? (uint)type : 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteMachine(json);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScriptOp op, ScriptOpWords? words)
    {
        json.WriteStartObject();
        json.WriteString("op", op.Name);
        json.WriteString("calls", words?.Calls);
        json.WriteString("does", words?.Does);
        json.WriteStartArray("fields");
        foreach (ScriptField field in op.Fields)
        {
            Write(json, op, field);
        }

        json.WriteEndArray();
        WriteWords(json, "exactly_one_of", op.ExactlyOneOf);
        json.WriteStartArray("gives");
        foreach (ScriptGift gift in words?.Gives ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", gift.Name);
            json.WriteString("means", gift.Means);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScriptOp op, ScriptField field)
    {
        json.WriteStartObject();
        json.WriteString("name", field.Name);
        json.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(field.Kind.ToString()));
        json.WriteString("type", ScriptFieldWords.Type(field));
        json.WriteBoolean("optional", field.Optional);
        json.WriteString("means", ScriptFieldWords.Means(op, field));
        if (field.Optional)
        {
            json.WriteString("default", ScriptFieldWords.Default(op, field));
        }

        WriteWords(json, "words", field.Kind == ScriptFieldKind.Cursor ? ["start", "next"] : field.Words);
        json.WriteStartArray("flags");
        foreach (ScriptFlag flag in ScriptFlagWords.Of(op, field))
        {
            json.WriteStartObject();
            json.WriteNumber("value", flag.Value);
            json.WriteString("name", flag.Name);
            json.WriteString("means", flag.Means);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMachine(Utf8JsonWriter json)
    {
        MachineSettings defaults = new();
        json.WriteStartObject("machine");
        json.WriteNumber("cpus", defaults.Cpus);
        json.WriteNumber("most_cpus", MachineSettings.MaximumCpus);
        WriteWords(json, "heaps", [.. MachineSettings.Heaps.Keys]);
        json.WriteString("heap", MachineSettings.Heaps.First(h => h.Value == defaults.Heap).Key);
        WriteWords(json, "libraries", [.. MachineSettings.Libraries.Keys]);
        json.WriteString("library", MachineSettings.Libraries.First(l => l.Value == defaults.Library).Key);
        json.WriteNumber("seed", defaults.Seed);
        json.WriteStartArray("defects");
        foreach (Defect defect in DefectTable.All)
        {
            json.WriteStartObject();
            json.WriteString("id", defect.Id);
            json.WriteString("means", defect.Means);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter json, string name, IReadOnlyList<string> words)
    {
        json.WriteStartArray(name);
        foreach (string word in words)
        {
            json.WriteStringValue(word);
        }

        json.WriteEndArray();
    }
}
