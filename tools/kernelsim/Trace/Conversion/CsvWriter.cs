using System.Globalization;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Trace.Conversion;

/// <summary>A table of comma-separated values, as RFC 4180 has them but for the line ends: a row and a line for each event.</summary>
/// <param name="output">Where to.</param>
/// <param name="columns">The fields that have columns.</param>
internal sealed class CsvWriter(TextWriter output, CsvColumns columns)
{
    private readonly string?[] _row = new string?[columns.Names.Count];

    /// <summary>Writes the row of names.</summary>
    public void Begin() => output.WriteLine(
        string.Join(',', ["time_us", "provider", "event", "level", .. columns.Names.Select(n => Quote(VisibleText.Escape(n)))]));

    /// <summary>Writes the row of an event.</summary>
    public void Write(TracedEvent e)
    {
        Array.Clear(_row);
        for (int i = 0; i < e.Header.Payload.Count; i++)
        {
            (string name, object? value) = e.Header.Payload[i];
            _row[columns.PlaceOf(name)] = Quote(VisibleText.Escape(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty));
        }

        string time = EventJson.Time(e).ToString(CultureInfo.InvariantCulture);
        output.WriteLine(string.Join(',', [time, e.Header.Provider, Quote(VisibleText.Escape(e.Header.Name)), e.Header.Level, .. _row]));
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
