using System.Text.Json;

namespace KernelSim.Tool.Doctor;

/// <summary>The findings as one JSON array.</summary>
internal static class DoctorJson
{
    /// <summary>Writes them.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<(IHostThing Thing, Finding Finding)> findings)
    {
        json.WriteStartArray();
        foreach ((IHostThing thing, Finding finding) in findings)
        {
            json.WriteStartObject();
            json.WriteString("id", thing.Id);
            json.WriteString("name", thing.Name);
            json.WriteString("state", finding.StateName);
            json.WriteBoolean("needed", thing.IsNeeded);
            json.WriteString("found", finding.Found);
            json.WriteString("means", finding.Means);
            json.WriteString("do", finding.Do);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
