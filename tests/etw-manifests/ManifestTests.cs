using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

/// <summary>The manifests in <c>etw-manifests</c>.</summary>
public sealed class ManifestTests
{
    private static readonly XNamespace s_events = "http://schemas.microsoft.com/win/2004/08/events";

    public static TheoryData<string> Providers => [.. TraceEventCase.Providers.Select(p => p.Name)];

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
        Assert.All(
            manifest.Descendants(s_events + "event").Attributes("keywords").SelectMany(k => k.Value.Split(' ')), k => Assert.Contains(k, keywords));
    }

    private static string PathOf(string provider) => Repository.PathOf("etw-manifests", $"{provider}.man");

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
