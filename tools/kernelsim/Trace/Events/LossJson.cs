using System.Text.Json;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace;

/// <summary>The known losses of a trace, as JSON.</summary>
internal static class LossJson
{
    /// <summary>Writes the fields into an open object.</summary>
    public static void WriteFields(Utf8JsonWriter json, LossReport losses)
    {
        json.WriteNumber("events", losses.Events);
        json.WriteNumber("lost", losses.Lost);
        json.WriteNumber("lost_by_session", losses.LostBySession);
        json.WriteBoolean("cut_off", losses.IsCutOff);
        json.WriteString("damage", losses.Damage);
        json.WriteBoolean("complete", losses.IsComplete);
        json.WriteStartObject("other_providers");
        foreach ((string provider, long events) in losses.OtherEvents)
        {
            json.WriteNumber(provider, events);
        }

        json.WriteEndObject();
        json.WriteStartArray("gaps");
        foreach (SequenceGap gap in losses.Gaps)
        {
            json.WriteStartObject();
            json.WriteString("provider", gap.Provider);
            json.WriteNumber("host_process_id", gap.HostProcessId);
            json.WriteString("kind", gap.Kind);
            json.WriteNumber("first", gap.First);
            json.WriteNumber("last", gap.Last);
            json.WriteNumber("events", gap.Events);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
