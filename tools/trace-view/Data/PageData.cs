using System.Text.Json;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceView.Accounts;

namespace KernelSim.TraceView.Data;

/// <summary>
/// The trace as the page carries it: one JSON document of columns, a table of strings, the checks that occur, and an account of each request
/// that went wrong. <c>Assets/decode.js</c> reads it.
/// </summary>
internal sealed class PageData
{
    private readonly StringTable _strings = new();
    private readonly EventKindTable _kinds;
    private readonly Column _kind;
    private readonly Column _time;
    private readonly Column _request;
    private readonly Column _processor;
    private readonly Column _lane;
    private readonly ProgramCopies _copies = new();
    private readonly LossAudit _audit = new();
    private readonly CheckUses _checks = new();
    private int _count;
    private int _cpus;

    public PageData()
    {
        _kinds = new EventKindTable(_strings);
        _kind = new Column(_strings);
        _time = new Column(_strings);
        _request = new Column(_strings);
        _processor = new Column(_strings);
        _lane = new Column(_strings);
    }

    /// <summary>Adds the next event.</summary>
    public void Add(TracedEvent e)
    {
        _kind.Add(_kinds.Add(e));
        _time.Add((long)Math.Round(e.Header.TimeUs * 10));
        _request.Add(e.RequestId);
        _processor.Add(e.Processor);
        _lane.Add((int)(_copies.Has(e) ? Lane.Program : LaneTable.Of(e)));
        _audit.Add(e);
        _checks.Add(e);
        _cpus = Math.Max(_cpus, Math.Max(e.Processor + 1, (e as MachineStartEvent)?.Cpus ?? 0));
        _count++;
    }

    /// <summary>What the trace has lost.</summary>
    public LossReport Losses(TraceTotals totals) => _audit.Finish(totals);

    /// <summary>Writes the document. Its writer escapes every character that could end a script or begin a tag.</summary>
    /// <param name="output">Receives it, UTF-8.</param>
    /// <param name="log">The requests of which accounts are given.</param>
    /// <param name="options">Title and source of the page.</param>
    public void Write(Stream output, TraceLog log, TracePageOptions options)
    {
        LossReport losses = Losses(log.Totals);
        Account[] accounts = [.. log.Requests.Select(Accountant.Of).Where(a => a.IsWorthTelling)];
        using Utf8JsonWriter json = new(output);
        json.WriteStartObject();
        json.WriteString("title", options.Title);
        json.WriteString("source", options.Source);
        json.WriteNumber("count", _count);
        json.WriteNumber("lost", losses.Lost);
        json.WriteNumber("gaps", losses.Gaps.Count);
        json.WriteBoolean("cutOff", losses.IsCutOff);
        json.WriteString("damage", losses.Damage);
        json.WriteNumber("cpus", _cpus);
        json.WriteBoolean("cold", log.Coverage.BeginsAtBoot && !options.IsWarm);
        WriteColumn(json, "kind", _kind);
        WriteColumn(json, "time", _time);
        WriteColumn(json, "request", _request);
        WriteColumn(json, "processor", _processor);
        WriteColumn(json, "lane", _lane);
        json.WriteStartArray("kinds");
        foreach (EventKind k in _kinds.All)
        {
            k.Write(json);
        }

        json.WriteEndArray();
        _checks.Write(json);
        AccountJson.Write(json, accounts);
        json.WriteStartArray("strings");
        foreach (string text in _strings.Strings)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteColumn(Utf8JsonWriter json, string name, Column column)
    {
        json.WritePropertyName(name);
        column.Write(json);
    }
}
