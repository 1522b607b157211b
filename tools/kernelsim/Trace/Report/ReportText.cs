using System.Globalization;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Reports;

namespace KernelSim.Tool.Trace.Report;

/// <summary>A report for people: a line about losses, then a table for each subject that the trace covers.</summary>
/// <param name="console">The console to write to.</param>
internal sealed class ReportText(ToolConsole console)
{
    private readonly Page _page = new(console);

    /// <summary>Writes it.</summary>
    public void Write(TraceReport report)
    {
        LossText.Write(console.Out, report.Losses);
        console.Out.WriteLine($"{Ms(report.DurationUs)} ms from the first event to the last");
        Calls(report);
        Refusals(report);
        Faults(report);
        Maps(report);
        Rings(report);
        Programs(report);
        Links(report);
        Cpus(report);
        Slowest(report);
        Memory(report);
    }

    private void Calls(TraceReport report)
    {
        TextTable table = new("function", "calls", "failed", "unfinished", "mean us", "median us", "99% us", "max us", "crossings", "copies", "bytes");
        foreach (CallTotals c in report.Calls)
        {
            table.Add(
                c.Function, c.Calls, c.Failed, c.Unfinished, Us(c.MeanUs), Us(c.MedianUs), Us(c.P99Us), Us(c.MaxUs), c.Crossings, c.Copies, c.Bytes);
        }

        Section("Calls of the library", report.Calls.Count, table);
        TextTable each = new("function", "crossings", "copies", "bytes", "errno");
        foreach (CallTotals c in report.Calls.Where(c => c.Calls > 0))
        {
            string errnos = string.Join(", ", c.Errnos.Select(e => $"{e.Key} {e.Value}"));
            each.Add(c.Function, Per(c.Crossings, c.Calls), Per(c.Copies, c.Calls), Per(c.Bytes, c.Calls), errnos);
        }

        Section("What one call costs", report.Calls.Count, each);
    }

    private void Refusals(TraceReport report)
    {
        TextTable table = new("check", "id", "number", "errno", "first in", "what", "given", "expected", "times");
        foreach (RefusalTotals r in report.Refusals)
        {
            Check? check = CheckTable.Find(r.Check);
            object[] start = [check?.Code ?? string.Empty, r.Check, r.Count, r.Errno, $"#{r.FirstRequest}"];
            foreach (object[] pair in r.Pairs.Take(5).Select(p => Pair(check, p)).DefaultIfEmpty(["", "", "", ""]))
            {
                table.Add([.. start, .. pair]);
                start = ["", "", "", "", ""];
            }
        }

        Section("Refusals", report.Refusals.Count, table);
    }

    /// <summary>Numbers stay numbers where they are sizes and no relation has to be told.</summary>
    private static object[] Pair(Check? check, RefusedPair pair) =>
    [
        pair.What,
        check is null or { Numbers: CheckNumbers.Count } ? pair.Given : check.NameOf(pair.Given),
        check is null or { Relation: CheckRelation.Equal, Numbers: CheckNumbers.Count, Accepts: null }
            ? pair.Expected
            : check.Expectation(pair.Given, pair.Expected) ?? string.Empty,
        pair.Count,
    ];

    private void Faults(TraceReport report)
    {
        TextTable table = new("request", "process", "access", "first byte", "length", "site");
        foreach (FaultSummary f in report.Faults)
        {
            table.Add($"#{f.Request}", f.ProcessId, f.Access, EventText.Hex(f.Address), f.Length, f.Site);
        }

        Section($"Access violations: {report.FaultCount}", report.Faults.Count, table);
    }

    private void Maps(TraceReport report)
    {
        TextTable table = new("map", "name", "type", "requests", "helper calls", "stores", "bytes stored", "fetches", "bytes fetched");
        foreach (MapTotals m in report.Maps)
        {
            table.Add(m.Id, m.Name, m.Type, m.Requests, m.HelperCalls, m.Stores, m.StoredBytes, m.Fetches, m.FetchedBytes);
        }

        Section("Maps", report.Maps.Count, table);
    }

    private void Rings(TraceReport report)
    {
        TextTable table = new("map", "name", "ring", "records", "bytes", "discarded", "lost", "wakeups", "returns", "queries");
        foreach (RingTotals r in report.Rings)
        {
            table.Add(r.MapId, MapName(report, r.MapId), r.Ring, r.Records, r.Bytes, r.Discarded, r.Lost, r.Wakeups, r.Returns, r.Queries);
        }

        Section("Rings", report.Rings.Count, table);
    }

    private void Programs(TraceReport report)
    {
        TextTable table = new(
            "program", "name", "type", "load", "runs", "tail calls", "helper calls", "lines", "test runs", "failed", "repeats", "ns a run");
        foreach (ProgramTotals p in report.Programs)
        {
            table.Add(
                p.Id, p.Name, p.Type, p.Load, p.Runs, p.TailCalls, p.HelperCalls, p.Lines, p.TestRuns, p.FailedTestRuns, p.Repeats, p.NanosecondsARun);
        }

        Section("Programs", report.Programs.Count, table);
        TextTable helpers = new("helper", "map", "name", "calls", "failed", "result");
        foreach (HelperTotals h in report.Helpers)
        {
            string failures = string.Join(", ", h.Failures.Select(f => $"{f.Key} {f.Value}"));
            helpers.Add(h.Helper, h.MapId, MapName(report, h.MapId), h.Calls, h.Failures.Sum(f => f.Value), failures);
        }

        Section("Helpers that programs called on maps", report.Helpers.Count, helpers);
    }

    private void Links(TraceReport report)
    {
        TextTable table = new("link", "program", "hook", "provider's answer", "attached", "detached", "invocations", "failed", "last result");
        foreach (LinkTotals l in report.Links)
        {
            table.Add(l.Id, l.ProgramId, l.AttachType, l.Answer, l.Attached, l.Detached, l.Invocations, l.Failed, l.LastResult);
        }

        Section("Links", report.Links.Count, table);
    }

    private void Cpus(TraceReport report)
    {
        TextTable table = new("CPU", "events", "requests", "DPCs", "copies", "bytes");
        foreach (CpuTotals c in report.Cpus)
        {
            table.Add(c.Processor < 0 ? "user mode" : Text(c.Processor), c.Events, c.Requests, c.Dpcs, c.Copies, c.Bytes);
        }

        Section("Processors", report.Cpus.Count, table);
    }

    private void Slowest(TraceReport report)
    {
        TextTable table = new("request", "function", "us", "errno", "crossings", "bytes");
        foreach (SlowRequest r in report.Slowest)
        {
            table.Add($"#{r.Id}", r.Function, Us(r.DurationUs), r.Errno, r.Crossings, r.Bytes);
        }

        Section("Slowest requests", report.Slowest.Count, table);
    }

    private void Memory(TraceReport report)
    {
        EpochTotals e = report.Epochs;
        if (e.Advances > 0 || e.Retired > 0)
        {
            _page.Heading("Epochs");
            console.Out.WriteLine($"{e.Advances} advances, {e.Retired} blocks of {e.RetiredBytes} bytes retired, {e.FreedBlocks} blocks freed");
        }

        TextTable table = new("tag", "allocations", "bytes", "frees", "bytes freed", "outstanding", "peak");
        foreach (PoolTotals p in report.Pool)
        {
            table.Add(p.Tag, p.Allocations, p.AllocatedBytes, p.Frees, p.FreedBytes, p.OutstandingBytes, p.PeakBytes);
        }

        Section("Pool", report.Pool.Count, table);
    }

    private void Section(string heading, int rows, TextTable table)
    {
        if (rows > 0)
        {
            _page.Heading(heading);
            table.WriteTo(console);
        }
    }

    private static string MapName(TraceReport report, long id) => report.Maps.FirstOrDefault(m => m.Id == id)?.Name ?? string.Empty;

    private static decimal Us(double microseconds) => Math.Round((decimal)microseconds, 1);

    private static decimal Per(long total, long calls) => Math.Round((decimal)total / calls, 1);

    private static string Ms(double microseconds) => (microseconds / 1000).ToString("F1", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
