using System.Globalization;
using KernelSim.Protocol.Checks;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Reports;
using KernelSim.TraceAnalysis.Wording;

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
        TextTable table = new("function", "calls", "failed", "unfinished", "crossings", "copies", "bytes");
        foreach (CallTotals c in report.Calls)
        {
            Add(
                table,
                c.Function, c.Calls, c.Failed, c.Unfinished, Crossings(report, c.Crossings), Copies(report, c.Copies), Copies(report, c.Bytes));
        }

        Section("Calls of the library", report.Calls.Count, table);
        Lack(report);
        TextTable each = new("function", "crossings", "copies", "bytes", "errno");
        foreach (CallTotals c in report.Calls.Where(c => c.Calls > 0))
        {
            string errnos = string.Join(", ", c.Errnos.Select(e => $"{e.Key} {e.Value}"));
            Add(
                each,
                c.Function,
                Crossings(report, Per(c.Crossings, c.Calls)),
                Copies(report, Per(c.Copies, c.Calls)),
                Copies(report, Per(c.Bytes, c.Calls)),
                errnos);
        }

        Section("What one call costs", report.Calls.Count, each);
        Durations(report);
    }

    /// <summary>What the zeros of the other tables do not mean.</summary>
    private void Lack(TraceReport report)
    {
        if (report.Calls.Count > 0 && !report.Coverage.HasCopies)
        {
            console.Out.WriteLine("The recording shows no copies: --profile verbose records them.");
        }

        if (report.Refusals.Count == 0 && !report.Coverage.HasRefusals && report.Calls.Any(c => c.Failed > 0))
        {
            console.Out.WriteLine("Whether checks refused what failed is unknown: the recording shows no refusals; --profile default records them.");
        }
    }

    private void Durations(TraceReport report)
    {
        TextTable table = new("function", "first", "later", "mean", "median <=", "99% <=", "max");
        CallTotals[] returned = [.. report.Calls.Where(c => c.FirstUs is not null)];
        foreach (CallTotals c in returned)
        {
            object[] later = c.Later is { } d
                ? [Us(d.MeanUs), Us(d.MedianBoundUs), Us(d.P99BoundUs), Us(d.MaxUs)]
                : ["", "", "", ""];
            Add(table, [c.Function, Us(c.FirstUs!.Value), c.Calls - c.Unfinished - 1, .. later]);
        }

        Section("How long calls took, in microseconds: the first, and those after it", returned.Length, table);
        if (returned.Length > 0)
        {
            _page.Paragraph(report.BeginsAtBoot
                ? "The recording begins before the machine boots: the first call of a function includes the runtime's compilation (JIT) of the code "
                    + "that it is the first to run. Calls soon after it run code that is not fully optimized yet."
                : "The recording does not show the machine boot before: "
                    + "whether first calls include the runtime's compilation (JIT) of code is unknown.");
            _page.Paragraph("Medians and 99% are upper bounds, at most 1/64 above the exact values.");
        }
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
                Add(table, [.. start, .. pair]);
                start = ["", "", "", "", ""];
            }
        }

        Section("Refusals", report.Refusals.Count, table);
    }

    /// <summary>Numbers stay numbers where they are sizes and no relation has to be told.</summary>
    private static object[] Pair(Check? check, RefusedPair pair)
    {
        bool isDecimal = check is null || check.Numbers == CheckNumbers.Count || check.Numbers == CheckNumbers.Unsigned;
        return
        [
            pair.What,
            isDecimal ? CheckJson.Value(check, pair.Given) : check!.NameOf(pair.Given),
            check is null || (isDecimal && check is { Relation: CheckRelation.Equal, Accepts: null })
                ? pair.Expected
                : check.Expectation(pair.Given, pair.Expected) ?? string.Empty,
            pair.Count,
        ];
    }

    private void Faults(TraceReport report)
    {
        TextTable table = new("request", "process", "access", "first byte", "length", "site");
        foreach (FaultSummary f in report.Faults)
        {
            Add(table, $"#{f.Request}", f.ProcessId, f.Access, EventText.Hex(f.Address), f.Length, f.Site);
        }

        Section($"Access violations: {report.FaultCount}", report.Faults.Count, table);
    }

    private void Maps(TraceReport report)
    {
        TextTable table = new("map", "name", "type", "requests", "helper calls", "stores", "bytes stored", "fetches", "bytes fetched");
        foreach (MapTotals m in report.Maps)
        {
            Add(
                table,
                m.Id,
                m.Name,
                m.Type,
                m.Requests,
                m.HelperCalls,
                Copies(report, m.Stores),
                Copies(report, m.StoredBytes),
                Copies(report, m.Fetches),
                Copies(report, m.FetchedBytes));
        }

        Section("Maps", report.Maps.Count, table);
    }

    private void Rings(TraceReport report)
    {
        TextTable table = new("map", "name", "ring", "records", "bytes", "discarded", "lost", "wakeups", "returns", "queries");
        foreach (RingTotals r in report.Rings)
        {
            Add(table, r.MapId, MapName(report, r.MapId), r.Ring, r.Records, r.Bytes, r.Discarded, r.Lost, r.Wakeups, r.Returns, r.Queries);
        }

        Section("Rings", report.Rings.Count, table);
    }

    private void Programs(TraceReport report)
    {
        TextTable table = new(
            "program", "name", "type", "load", "runs", "tail calls", "helper calls", "lines", "test runs", "failed", "repeats", "ns a run");
        foreach (ProgramTotals p in report.Programs)
        {
            Add(
                table,
                p.Id, p.Name, p.Type, p.Load, p.Runs, p.TailCalls, p.HelperCalls, p.Lines, p.TestRuns, p.FailedTestRuns, p.Repeats,
                p.NanosecondsARun);
        }

        Section("Programs", report.Programs.Count, table);
        if (report.Programs.Any(p => p.NanosecondsARun > 0))
        {
            _page.Paragraph(
                "Nanoseconds are the mean of the last test run's repeats. With few repeats they are mostly the runtime's compilation (JIT).");
        }

        Instructions(report);
        ProgramFaults(report);
        TextTable helpers = new("helper", "map", "name", "calls", "failed", "result");
        foreach (HelperTotals h in report.Helpers)
        {
            string failures = string.Join(", ", h.Failures.Select(f => $"{f.Key} {f.Value}"));
            Add(helpers, h.Helper, h.MapId, MapName(report, h.MapId), h.Calls, h.Failures.Sum(f => f.Value), failures);
        }

        Section("Helpers that programs called on maps", report.Helpers.Count, helpers);
    }

    /// <summary>Only where the session asked for instructions.</summary>
    private void Instructions(TraceReport report)
    {
        ProgramTotals[] traced = [.. report.Programs.Where(p => p.Instructions > 0 || p.RunsWithoutInstructions > 0)];
        TextTable table = new("program", "name", "instructions", "runs that show none");
        foreach (ProgramTotals p in traced)
        {
            Add(table, p.Id, p.Name, p.Instructions, p.RunsWithoutInstructions);
        }

        Section("Instructions of programs", traced.Length, table);
        foreach (string advice in traced.Where(p => p.RunsWithoutInstructions > 0).Select(p => UnseenInstructions.Advice(p.SilentEngine)).Distinct())
        {
            _page.Paragraph(advice);
        }
    }

    private void ProgramFaults(TraceReport report)
    {
        foreach (ProgramFaultEvent fault in report.ProgramFaults)
        {
            _page.Heading(VisibleText.Escape(WhyWords.Stopped(fault)));
            _page.Paragraph(VisibleText.Escape(WhyWords.Sentence(fault.Text)), 2);
            if (fault.Line.Length > 0)
            {
                _page.Paragraph(VisibleText.Escape(fault.Line), 2);
            }
        }
    }

    private void Links(TraceReport report)
    {
        TextTable table = new("link", "program", "hook", "provider's answer", "attached", "detached", "invocations", "failed", "last result");
        foreach (LinkTotals l in report.Links)
        {
            Add(table, l.Id, l.ProgramId, l.AttachType, l.Answer, l.Attached, l.Detached, l.Invocations, l.Failed, l.LastResult);
        }

        Section("Links", report.Links.Count, table);
    }

    private void Cpus(TraceReport report)
    {
        TextTable table = new("CPU", "events", "requests", "DPCs", "copies", "bytes");
        foreach (CpuTotals c in report.Cpus)
        {
            Add(
                table,
                c.Processor < 0 ? "user mode" : Text(c.Processor), c.Events, Crossings(report, c.Requests), c.Dpcs, Copies(report, c.Copies),
                Copies(report, c.Bytes));
        }

        Section("Processors", report.Cpus.Count, table);
    }

    private void Slowest(TraceReport report)
    {
        TextTable table = new("request", "function", "us", "call", "errno", "crossings", "bytes");
        foreach (SlowRequest r in report.Slowest)
        {
            object[] costs = [Crossings(report, r.Crossings), Copies(report, r.Bytes)];
            Add(table, [$"#{r.Id}", r.Function, Us(r.DurationUs), r.IsFirst ? "first" : string.Empty, r.Errno, .. costs]);
        }

        Section("Slowest requests", report.Slowest.Count, table);
    }

    private void Memory(TraceReport report)
    {
        EpochTotals e = report.Epochs;
        if (e.Advances > 0 || e.Retired > 0)
        {
            _page.Heading("Epochs");
            _page.Paragraph(
                $"{e.Advances} advances, {e.Retired} blocks of {e.RetiredBytes} bytes retired, "
                + $"{e.FreedBlocks} blocks freed or deferred work items run");
        }

        TextTable table = new("tag", "allocations", "bytes", "frees", "bytes freed", "outstanding", "peak");
        foreach (PoolTotals p in report.Pool)
        {
            Add(table, p.Tag, p.Allocations, p.AllocatedBytes, p.Frees, p.FreedBytes, p.OutstandingBytes, p.PeakBytes);
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

    /// <summary>Adds a row. Names are those that programs chose.</summary>
    private static void Add(TextTable table, params object[] cells) =>
        table.Add([.. cells.Select(c => c is string text ? VisibleText.Escape(text) : c)]);

    /// <summary>A number of crossings; nothing where no recorded event tells of crossings.</summary>
    private static object Crossings(TraceReport report, object number) => report.Coverage.HasCrossings ? number : string.Empty;

    /// <summary>A number of copies or of their bytes; nothing where no recorded event tells of copies.</summary>
    private static object Copies(TraceReport report, object number) => report.Coverage.HasCopies ? number : string.Empty;

    private static string MapName(TraceReport report, long id) => report.Maps.FirstOrDefault(m => m.Id == id)?.Name ?? string.Empty;

    private static decimal Us(double microseconds) => Math.Round((decimal)microseconds, 1);

    private static decimal Per(long total, long calls) => Math.Round((decimal)total / calls, 1);

    private static string Ms(double microseconds) => (microseconds / 1000).ToString("F1", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
