using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Tool.Trace;

/// <summary>Prints events, as a line or a JSON document each.</summary>
/// <param name="console">The console to write to.</param>
/// <param name="format">The output format.</param>
internal sealed class EventPrinter(ToolConsole console, OutputFormat format)
{
    // Time, request and processor stand before it.
    private const int TextColumn = 28;

    /// <summary>How many were printed.</summary>
    public long Printed { get; private set; }

    /// <summary>Prints one.</summary>
    /// <param name="e">The event.</param>
    /// <param name="processId">The host process, where events of several are printed in turn.</param>
    public void Print(TracedEvent e, int? processId = null)
    {
        Printed++;
        if (format == OutputFormat.Text)
        {
            Print(processId is { } id ? $"[pid {id}] " : string.Empty, console.Spell(EventText.Of(e)));
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => EventJson.Write(json, e, processId)));
        }
    }

    /// <summary>What an event says goes on below itself on a terminal that is too narrow for it.</summary>
    private void Print(string process, string line)
    {
        int width = console.RowWidth;
        int column = process.Length + TextColumn;
        line = process + line;
        if (width == int.MaxValue || CellText.Width(line) <= width)
        {
            console.Out.WriteLine(line);
            return;
        }

        string start = line[..column];
        string text = line[column..];
        int indent = text.Length - text.TrimStart(' ').Length;
        start += text[..indent];
        foreach (string part in CellText.Wrap(text, width - column - indent))
        {
            console.Out.WriteLine(start + part);
            start = new string(' ', column + indent);
        }
    }
}
