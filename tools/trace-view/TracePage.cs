using System.Net;
using System.Text;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView.Data;

namespace KernelSim.TraceView;

/// <summary>
/// Creates one HTML file from a trace: it is self-contained and fetches nothing. The same trace and
/// options give the same bytes.
/// </summary>
public static class TracePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="log">The trace.</param>
    /// <param name="options">Title, source and story of the page.</param>
    /// <param name="output">Receives the page, which declares UTF-8.</param>
    public static void Write(TraceLog log, TracePageOptions options, TextWriter output)
    {
        PageData data = new();
        foreach (TracedEvent e in log.Events)
        {
            data.Add(e);
        }

        Write(data, log, options, output);
    }

    /// <summary>Writes the page of data that was collected.</summary>
    internal static void Write(PageData data, TraceLog log, TracePageOptions options, TextWriter output)
    {
        foreach (PagePart part in PageTemplate.Parts)
        {
            if (part.Slot == PageSlot.Data)
            {
                using Utf8TextStream stream = new(output);
                data.Write(stream, log, options);
                continue;
            }

            output.Write(part.Slot switch
            {
                PageSlot.Title => WebUtility.HtmlEncode(options.Title),
                PageSlot.Story => options.StoryMarkup,
                PageSlot.Style => PageAssets.Style,
                PageSlot.Script => PageAssets.Script,
                _ => part.Text,
            });
        }
    }

    /// <summary>Writes the page to a file, replacing it.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public static void WriteFile(TraceLog log, TracePageOptions options, string path)
    {
        using StreamWriter file = new(path, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { NewLine = "\n" };
        Write(log, options, file);
    }
}
