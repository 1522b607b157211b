using System.Diagnostics.Tracing;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace KernelSim.Tracing.Tests.Support;

/// <summary>
/// <c>etw-manifests/events.md</c>: every event and field in plain words. An event's sentence is the summary of the method that writes
/// it, a field's words are <see cref="FieldWords"/>, the rest is what the attribute says.
/// </summary>
internal static class EventPage
{
    private static readonly XDocument s_docs = XDocument.Load(Path.Combine(AppContext.BaseDirectory, "KernelSim.Tracing.xml"));

    public static string Make()
    {
        StringBuilder page = new();
        page.Append("""
            # Every event, field by field

            Made from the providers by the tests of `tests/etw-manifests`; do not edit. Every event starts with `requestId` and `processor` and
            ends with `sequence`; the tables give what stands between.

            | field of every event | type | means |
            |---|---|---|

            """);
        TraceEventCase any = TraceEventCase.All[0];
        foreach (string field in any.Fields.Except(any.OwnFields))
        {
            AppendField(page, any, field);
        }

        foreach (IGrouping<EventSource, TraceEventCase> provider in TraceEventCase.All.GroupBy(e => e.Provider))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {provider.Key.Name}\n\n{SummaryOf($"T:{provider.Key.GetType()}")}\n");
            foreach (TraceEventCase declared in provider.OrderBy(e => e.Attribute.EventId))
            {
                Append(page, declared);
            }
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, TraceEventCase e)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {e.Name}\n\n{SummaryOf($"M:{e.Provider.GetType()}.{e.Name}(")}\n\n");
        string keywords = string.Join(", ", NamesOf(e.Attribute.Keywords));
        page.Append(CultureInfo.InvariantCulture, $"Id {e.Attribute.EventId}, level {e.Attribute.Level}, keywords {keywords}, ");
        page.Append(CultureInfo.InvariantCulture, $"channel {e.Attribute.Channel}. Message: *{MessageOf(e)}*.\n\n");
        page.Append("| field | type | means |\n|---|---|---|\n");
        foreach (string field in e.OwnFields)
        {
            AppendField(page, e, field);
        }
    }

    private static void AppendField(StringBuilder page, TraceEventCase e, string field)
    {
        Type type = e.Declaration.GetParameters().Single(p => p.Name == field).ParameterType;
        page.Append(CultureInfo.InvariantCulture, $"| `{field}` | {TypeOf(type)} | {FieldWords.Of(e.Name, field)} |\n");
    }

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

    private static IEnumerable<string> NamesOf(EventKeywords keywords) =>
        typeof(KernelEventSource.Keywords).GetFields()
            .Where(f => (keywords & (EventKeywords)f.GetRawConstantValue()!) != 0)
            .Select(f => f.Name);

    /// <summary>The message with the fields' names where its numbers stand.</summary>
    private static string MessageOf(TraceEventCase e) =>
        Regex.Replace(e.Attribute.Message!, @"\{(\d+)\}", m => $"`{e.Fields[int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)]}`");

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
