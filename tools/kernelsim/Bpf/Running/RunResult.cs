using System.Globalization;
using System.Text.Json;

namespace KernelSim.Tool.Bpf.Running;

/// <summary>How a run ended: R0, or why there is none.</summary>
internal readonly record struct RunResult(ulong R0, string? Error)
{
    /// <summary>Writes <c>{"r0":"2a"}</c> or <c>{"error":"…"}</c>.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        if (Error is null)
        {
            json.WriteString("r0", R0.ToString("x", CultureInfo.InvariantCulture));
        }
        else
        {
            json.WriteString("error", Error);
        }

        json.WriteEndObject();
    }
}
