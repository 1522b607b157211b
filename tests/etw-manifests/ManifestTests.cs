using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

/// <summary>
/// The manifests in <c>etw-manifests</c> are made from the providers. After a change of a provider, write them anew:
/// <c>KERNELSIM_WRITE_MANIFESTS=1 dotnet run --project tests/etw-manifests</c>.
/// </summary>
public sealed class ManifestTests
{
    private static readonly XNamespace s_events = "http://schemas.microsoft.com/win/2004/08/events";

    public static TheoryData<string> Providers => [.. TraceEventCase.Providers.Select(p => p.Name)];

    [Theory]
    [MemberData(nameof(Providers))]
    public void The_manifest_on_file_is_the_one_that_the_provider_makes(string provider)
    {
        string path = PathOf(provider);
        string made = Make(provider);
        GeneratedFile.WriteIfAsked(path, made);

        string onFile = File.Exists(path) ? Repository.ReadText(path) : string.Empty;
        Assert.True(made == onFile, $"{path} is not what the provider makes. {GeneratedFile.HowToWrite}");
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_manifest_describes_every_event_with_its_id_level_message_and_fields(string provider)
    {
        XDocument manifest = XDocument.Load(PathOf(provider));
        Dictionary<string, XElement> described = manifest.Descendants(s_events + "event")
            .Where(e => e.Attribute("value")!.Value != "0")
            .ToDictionary(e => e.Attribute("symbol")!.Value);
        TraceEventCase[] declared = [.. TraceEventCase.All.Where(e => e.Provider.Name == provider)];

        Assert.Equal(declared.Select(e => e.Name).Order(StringComparer.Ordinal), described.Keys.Order(StringComparer.Ordinal));
        foreach (TraceEventCase expected in declared)
        {
            XElement description = described[expected.Name];
            Assert.Equal(expected.Attribute.EventId.ToString(CultureInfo.InvariantCulture), description.Attribute("value")!.Value);
            Assert.Equal($"win:{expected.Attribute.Level}", description.Attribute("level")!.Value);
            Assert.Equal(expected.Attribute.Channel.ToString(), description.Attribute("channel")!.Value);
            Assert.Equal(expected.Fields, FieldsOf(manifest, description));
            AssertMessageNamesOnlyFieldsThatExist(TextOf(manifest, description), expected.Fields.Count);
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public void A_manifest_refers_only_to_what_it_declares(string provider)
    {
        XDocument manifest = XDocument.Load(PathOf(provider));
        HashSet<string> texts = [.. manifest.Descendants(s_events + "string").Select(s => s.Attribute("id")!.Value)];
        HashSet<string> tasks = [.. manifest.Descendants(s_events + "task").Select(t => t.Attribute("name")!.Value)];
        HashSet<string> channels = [.. manifest.Descendants(s_events + "channel").Select(c => c.Attribute("chid")!.Value)];
        HashSet<string> maps = [.. manifest.Descendants(s_events + "valueMap").Select(m => m.Attribute("name")!.Value)];
        HashSet<string> keywords = [.. manifest.Descendants(s_events + "keyword").Select(k => k.Attribute("name")!.Value)];

        Assert.All(manifest.Descendants().Attributes("message"), m => Assert.Contains(StringIdOf(m.Value), texts));
        Assert.All(manifest.Descendants(s_events + "event").Attributes("task"), t => Assert.Contains(t.Value, tasks));
        Assert.All(manifest.Descendants(s_events + "event").Attributes("channel"), c => Assert.Contains(c.Value, channels));
        Assert.All(manifest.Descendants(s_events + "data").Attributes("map"), m => Assert.Contains(m.Value, maps));
        Assert.All(manifest.Descendants(s_events + "event").Attributes("keywords").SelectMany(k => k.Value.Split(' ')), k => Assert.Contains(k, keywords));
    }

    private static string PathOf(string provider) => Repository.PathOf("etw-manifests", $"{provider}.man");

    /// <summary>
    /// The provider's manifest, with line feeds, a newline at its end, and the language that its texts are written in: the generator
    /// takes the culture of whoever runs it, which is the nameless invariant one here. Events stand in the order of their ids, which the
    /// generator leaves to the order of the source files.
    /// </summary>
    private static string Make(string provider)
    {
        Type type = TraceEventCase.Providers.Single(p => p.Name == provider).GetType();
        string? manifest = EventSource.GenerateManifest(type, "KernelSim.Tracing.dll", EventManifestOptions.Strict);
        Assert.NotNull(manifest);
        XDocument made = XDocument.Parse(manifest);
        made.Descendants(s_events + "resources").Single().SetAttributeValue("culture", "en-US");
        XElement[] events = Sort(made, "events", "event", e => Number(e, "value"));
        string[] templates = [.. events.Select(e => e.Attribute("template")!.Value)];
        Sort(made, "templates", "template", t => Array.IndexOf(templates, t.Attribute("tid")!.Value));
        Sort(made, "tasks", "task", t => Number(t, "value"));
        return made.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static int Number(XElement element, string attribute) => int.Parse(element.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    private static XElement[] Sort(XDocument manifest, string list, string row, Func<XElement, int> key)
    {
        XElement[] rows = [.. manifest.Descendants(s_events + row).OrderBy(key)];
        rows[0].Parent!.ReplaceNodes(rows.Cast<object>().ToArray());
        Assert.Equal(list, rows[0].Parent!.Name.LocalName);
        return rows;
    }

    private static IEnumerable<string> FieldsOf(XDocument manifest, XElement description) =>
        manifest.Descendants(s_events + "template")
            .Single(t => t.Attribute("tid")!.Value == description.Attribute("template")!.Value)
            .Elements(s_events + "data")
            .Select(d => d.Attribute("name")!.Value);

    private static string TextOf(XDocument manifest, XElement description)
    {
        string id = StringIdOf(description.Attribute("message")!.Value);
        return manifest.Descendants(s_events + "string").Single(s => s.Attribute("id")!.Value == id).Attribute("value")!.Value;
    }

    private static string StringIdOf(string reference) => Regex.Match(reference, @"^\$\(string\.([\w.]+)\)$").Groups[1].Value;

    private static void AssertMessageNamesOnlyFieldsThatExist(string message, int fields)
    {
        Assert.NotEmpty(message);
        Assert.All(
            Regex.Matches(message, @"%(\d+)"),
            place => Assert.InRange(int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture), 1, fields));
    }
}
