using System.Diagnostics.Tracing;
using System.Globalization;
using System.Xml.Linq;

namespace KernelSim.DocsGen;

/// <summary>A provider's instrumentation manifest, independent of the host that generates it.</summary>
internal static class ProviderManifest
{
    private static readonly XNamespace s_events = "http://schemas.microsoft.com/win/2004/08/events";

    /// <remarks>
    /// The generator names the culture of whoever runs it, which is the nameless invariant one here, and leaves the order of events to the
    /// order of the source files: the manifest gets the language of its texts, and the order of ids.
    /// </remarks>
    public static string Generate(EventSource provider)
    {
        string? manifest = EventSource.GenerateManifest(provider.GetType(), "KernelSim.Tracing.dll", EventManifestOptions.Strict);
        XDocument made = XDocument.Parse(manifest ?? throw new InvalidOperationException($"{provider.Name} has no manifest."));
        made.Descendants(s_events + "resources").Single().SetAttributeValue("culture", "en-US");
        XElement[] events = Sort(made, "event", e => Number(e, "value"));
        string[] templates = [.. events.Select(e => e.Attribute("template")!.Value)];
        Sort(made, "template", t => Array.IndexOf(templates, t.Attribute("tid")!.Value));
        Sort(made, "task", t => Number(t, "value"));
        return made.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static XElement[] Sort(XDocument manifest, string row, Func<XElement, int> key)
    {
        XElement[] rows = [.. manifest.Descendants(s_events + row).OrderBy(key)];
        rows[0].Parent!.ReplaceNodes(rows.Cast<object>().ToArray());
        return rows;
    }
}
