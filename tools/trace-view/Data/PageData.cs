using System.Buffers;
using System.Globalization;
using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceView.Accounts;

namespace KernelSim.TraceView.Data;

/// <summary>
/// The trace as the page carries it: one JSON document of columns, a table of strings, the checks that occur, and an account of each request
/// that went wrong. <c>Assets/decode.js</c> reads it.
/// </summary>
internal static class PageData
{
    /// <summary>Creates the document, UTF-8. Its writer escapes every character that could end a script or begin a tag.</summary>
    public static ReadOnlySpan<byte> Write(TraceLog log, TracePageOptions options)
    {
        StringTable strings = new();
        EventKindTable kinds = new(strings);
        Column kind = new(strings);
        Column time = new(strings);
        Column request = new(strings);
        Column processor = new(strings);
        Column lane = new(strings);
        LossAudit audit = new();
        foreach (TracedEvent e in log.Events)
        {
            kind.Add(kinds.Add(e));
            time.Add((long)Math.Round(e.Header.TimeUs * 10));
            request.Add(e.RequestId);
            processor.Add(e.Processor);
            lane.Add((int)LaneTable.Of(e));
            audit.Add(e);
        }

        LossReport losses = audit.Finish(log.Totals);
        Account[] accounts = [.. log.Requests.Select(Accountant.Of).Where(a => a.IsWorthTelling)];
        ArrayBufferWriter<byte> buffer = new(1 << 16);
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("title", options.Title);
            json.WriteString("source", options.Source);
            json.WriteNumber("count", log.Events.Count);
            json.WriteNumber("lost", losses.Lost);
            json.WriteNumber("gaps", losses.Gaps.Count);
            json.WriteBoolean("cutOff", losses.IsCutOff);
            json.WriteString("damage", losses.Damage);
            json.WriteNumber("cpus", Cpus(log));
            WriteColumn(json, "kind", kind);
            WriteColumn(json, "time", time);
            WriteColumn(json, "request", request);
            WriteColumn(json, "processor", processor);
            WriteColumn(json, "lane", lane);
            json.WriteStartArray("kinds");
            foreach (EventKind k in kinds.All)
            {
                k.Write(json);
            }

            json.WriteEndArray();
            WriteChecks(json, log);
            AccountJson.Write(json, accounts);
            json.WriteStartArray("strings");
            foreach (string text in strings.Strings)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan;
    }

    private static int Cpus(TraceLog log) => log.Events.Max(e => (int?)Math.Max(e.Processor + 1, (e as MachineStartEvent)?.Cpus ?? 0)) ?? 0;

    private static void WriteColumn(Utf8JsonWriter json, string name, Column column)
    {
        json.WritePropertyName(name);
        column.Write(json);
    }

    private static void WriteChecks(Utf8JsonWriter json, TraceLog log)
    {
        json.WriteStartObject("checks");
        IEnumerable<string> ids = log.Events.OfType<SizeCheckEvent>().Select(e => e.Check)
            .Concat(log.Events.OfType<InvalidArgumentEvent>().Select(e => e.Check));
        foreach (Check check in ids.Distinct().Select(CheckTable.Find).OfType<Check>().OrderBy(c => c.Number))
        {
            json.WriteStartObject(check.Id);
            json.WriteString("code", check.Code);
            json.WriteString("text", check.Text);
            json.WriteString("formula", check.Formula);
            json.WriteString("fix", check.Fix);
            WriteExpectations(json, check);
            if (check.Numbers != CheckNumbers.Count)
            {
                WriteNames(json, check, log);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    /// <summary>What is expected, in words: of refusals and of what passes, each for a given number below, at and above the expected one.</summary>
    private static void WriteExpectations(Utf8JsonWriter json, Check check)
    {
        json.WriteStartArray("expects");
        foreach (bool passed in (bool[])[false, true])
        {
            foreach (int comparison in (int[])[-1, 0, 1])
            {
                json.WriteStringValue(check.Pattern(comparison, passed));
            }
        }

        json.WriteEndArray();
    }

    /// <summary>The names of the numbers that occur, where they stand for something other than a size.</summary>
    private static void WriteNames(Utf8JsonWriter json, Check check, TraceLog log)
    {
        json.WriteStartObject("names");
        IEnumerable<long> numbers = log.Events.OfType<SizeCheckEvent>()
            .Where(e => e.Check == check.Id)
            .SelectMany(e => new[] { e.Given, e.Expected });
        foreach (long number in numbers.Distinct())
        {
            json.WriteString(number.ToString(CultureInfo.InvariantCulture), check.NameOf(number));
        }

        json.WriteEndObject();
    }
}
