using System.Globalization;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Trace.Conversion;

/// <summary>Comma-separated values as in RFC 4180, except for the line ends: a row for each event.</summary>
/// <param name="output">Receives the output.</param>
/// <param name="columns">The fields that have columns.</param>
internal sealed class CsvWriter(TextWriter output, CsvColumns columns)
{
    private readonly string?[] _row = new string?[columns.Names.Count];

    /// <summary>Writes the header row.</summary>
    public void Begin() => output.WriteLine(string.Join(',', ["time_us", "provider", "event", "level", .. columns.Names]));

    /// <summary>Writes the row of an event.</summary>
    public void Write(TracedEvent e)
    {
        Array.Clear(_row);
        for (int i = 0; i < e.Header.Payload.Count; i++)
        {
            (string name, object? value) = e.Header.Payload[i];
            _row[columns.PlaceOf(name)] = Quote(Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty);
        }

        string time = EventJson.Time(e).ToString(CultureInfo.InvariantCulture);
        output.WriteLine(string.Join(',', [time, e.Header.Provider, e.Header.Name, e.Header.Level, .. _row]));
    }

    private static string Quote(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
