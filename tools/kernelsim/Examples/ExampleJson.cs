using System.Text.Json;

namespace KernelSim.Tool.Examples;

/// <summary>Examples as JSON: what the page in a browser offers.</summary>
internal static class ExampleJson
{
    /// <summary>Writes all as an array.</summary>
    public static void WriteAll(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        foreach (ExampleRow row in ExampleTable.All)
        {
            Write(json, row.Make());
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// Writes one: <c>id</c>, <c>group</c>, <c>title</c>, <c>text</c>, <c>script</c>, <c>options</c> of the run, and for a question <c>predict</c>,
    /// true.
    /// </summary>
    public static void Write(Utf8JsonWriter json, ExampleScript example)
    {
        json.WriteStartObject();
        json.WriteString("id", example.Id);
        json.WriteString("group", example.Group);
        json.WriteString("title", example.Title);
        json.WriteString("text", example.Text);
        json.WriteStartObject("options");
        json.WriteNumber("cpus", example.Machine.Cpus);
        json.WriteString("heap", example.Heap);
        json.WriteString("library", example.Library);
        json.WriteNumber("seed", example.Machine.Seed);
        if (example.Machine.Defects.Count > 0)
        {
            json.WriteString("defects", example.Defects);
        }

        json.WriteEndObject();
        if (example.IsQuestion)
        {
            json.WriteBoolean("predict", true);
        }

        json.WriteString("script", example.Script);
        json.WriteEndObject();
    }
}
