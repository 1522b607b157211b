using System.Diagnostics.Tracing;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using KernelSim.Tracing;

namespace KernelSim.DocsGen;

/// <summary>
/// <c>etw-manifests/events.md</c>: every event and field in plain words. An event's sentence is the summary of the method that writes
/// it, a field's words are <see cref="FieldWords"/>, the rest is what the attribute says.
/// </summary>
internal static class EventPage
{
    private static readonly XDocument s_docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "KernelSim.Tracing.xml"));

    public static string Generate()
    {
        StringBuilder page = new();
        page.Append("""
            # Every event, field by field

            Generated from the providers by `tools/docs-gen`; do not edit. Every event starts with `requestId` and `processor` and ends with
            `sequence`; the tables give what stands between.

            | field of every event | type | means |
            |---|---|---|

            """);
        EventDeclaration any = EventDeclaration.Of(KernelEventSource.Log)[0];
        foreach (ParameterInfo field in any.Fields.Except(any.OwnFields))
        {
            AppendField(page, any, field);
        }

        foreach (EventSource provider in (EventSource[])[KernelEventSource.Log, UserApiEventSource.Log])
        {
            AppendProvider(page, provider);
        }

        return page.ToString();
    }

    private static void AppendProvider(StringBuilder page, EventSource provider)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n## {provider.Name}\n\n{SummaryOf($"T:{provider.GetType()}")}\n");
        page.Append("\n| event | level, keywords | says |\n|---|---|---|\n");
        foreach (EventDeclaration e in EventDeclaration.Of(provider))
        {
            string says = Regex.Match(SummaryOf(e), @"^.*?\.(?= |$)").Value;
            page.Append(CultureInfo.InvariantCulture, $"| `{e.Name}` | {e.Attribute.Level}, {KeywordsOf(e)} | {says} |\n");
        }

        foreach (EventDeclaration e in EventDeclaration.Of(provider))
        {
            AppendEvent(page, e);
        }
    }

    private static void AppendEvent(StringBuilder page, EventDeclaration e)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {e.Name}\n\n{SummaryOf(e)}\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Id {e.Attribute.EventId}, level {e.Attribute.Level}, keywords {KeywordsOf(e)}, ");
        page.Append(CultureInfo.InvariantCulture, $"channel {e.Attribute.Channel}. Message: *{MessageOf(e)}*.\n\n");
        page.Append("| field | type | means |\n|---|---|---|\n");
        foreach (ParameterInfo field in e.OwnFields)
        {
            AppendField(page, e, field);
        }
    }

    private static void AppendField(StringBuilder page, EventDeclaration e, ParameterInfo field) => page.Append(
        CultureInfo.InvariantCulture, $"| `{field.Name}` | {TypeOf(field.ParameterType)} | {FieldWords.Of(e.Name, field.Name!)} |\n");

    private static string TypeOf(Type type) => type.IsEnum
        ? "u32: " + string.Join(", ", Enum.GetNames(type).Select((name, i) => $"{Convert.ToUInt32(Enum.GetValues(type).GetValue(i), null)} {name}"))
        : type.Name switch
        {
            nameof(Int32) => "i32",
            nameof(UInt32) => "u32",
            nameof(Int64) => "i64",
            nameof(UInt64) => "u64",
            _ => "string",
        };

    private static string KeywordsOf(EventDeclaration e) => string.Join(
        ", ",
        typeof(KernelEventSource.Keywords).GetFields()
            .Where(f => (e.Attribute.Keywords & (EventKeywords)f.GetRawConstantValue()!) != 0)
            .Select(f => f.Name));

    /// <summary>The message with the fields' names where its numbers stand.</summary>
    private static string MessageOf(EventDeclaration e) => Regex.Replace(
        e.Attribute.Message!, @"\{(\d+)\}", m => $"`{e.Fields[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)].Name}`");

    /// <summary>The summary of the method that callers call: the first documented one of the event's name.</summary>
    private static string SummaryOf(EventDeclaration e) => SummaryOf($"M:{e.Provider.GetType()}.{e.Name}(");

    /// <summary>The summary of a type or of the first method whose signature starts so, as one line of Markdown.</summary>
    private static string SummaryOf(string member)
    {
        XElement summary = s_docs.Descendants("member").First(m => m.Attribute("name")!.Value is string name
            && (name == member || (member[^1] == '(' && name.StartsWith(member, StringComparison.Ordinal)))).Element("summary")!;
        IEnumerable<string> parts = summary.Nodes().Select(node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "paramref" } parameter => $"`{parameter.Attribute("name")!.Value}`",
            XElement see => $"`{LastNameOf(see.Attribute("cref")!.Value)}`",
            _ => string.Empty,
        });
        return Regex.Replace(string.Concat(parts), @"\s+", " ").Trim();
    }

    private static string LastNameOf(string cref) => cref.Split('(')[0].Split('.', ':')[^1];
}
