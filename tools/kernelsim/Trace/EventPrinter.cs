using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Events;

namespace KernelSim.Tool.Trace;

/// <summary>Prints events, a line or a JSON document each.</summary>
/// <param name="console">Where to.</param>
/// <param name="format">How.</param>
internal sealed class EventPrinter(ToolConsole console, OutputFormat format)
{
    /// <summary>How many were printed.</summary>
    public long Printed { get; private set; }

    /// <summary>Prints one.</summary>
    public void Print(TracedEvent e)
    {
        Printed++;
        console.Out.WriteLine(format == OutputFormat.Text ? EventText.Of(e) : JsonText.Of(format, json => EventJson.Write(json, e)));
    }
}
