using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceView;

namespace KernelSim.Tool.Trace;

/// <summary><c>trace view</c>: a recording as one HTML page.</summary>
internal sealed class ViewCommand : ICommandModule
{
    private const string PageExpectation = "a file to write the page to";

    private readonly TraceFile _file = new();
    private readonly Option<string?> _page = new("--output", "-o") { Description = "The page (.html). Default: standard output.", HelpName = "PAGE" };
    private readonly Option<string?> _title = new("--title") { Description = "What stands above it. Default: KernelSim trace.", HelpName = "TEXT" };

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace view tour.nettrace -o page.html",
        "Makes a page of the trace that opens in any browser, at the request that failed.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("view", "Make one self-contained HTML page of a trace, to look at, step through and print.");
        _file.AddTo(command);
        command.Options.Add(_page);
        command.Options.Add(_title);
        command.SetAction(parsed => Run(console, _file.Read(parsed), parsed.GetValue(_page), parsed.GetValue(_title)));
        return command;
    }

    private static int Run(ToolConsole console, string path, string? page, string? title)
    {
        if (page is null && console.OutIsTerminal)
        {
            return Failure.WrongUsage("view: no page given, expected -o PAGE: a terminal shows no HTML").Tell(console, OutputFormat.Text);
        }

        using TraceInput input = new(console, path);
        if (input.Clash(page, PageExpectation) is { } clash)
        {
            return clash.Tell(console, OutputFormat.Text);
        }

        List<TracedEvent> events = [];
        LossAudit audit = new();
        void Take(TracedEvent e)
        {
            audit.Add(e);
            events.Add(e);
        }

        Failure? unreadable = input.Stream(Take, out TraceTotals totals);
        LossReport losses = audit.Finish(totals);
        unreadable ??= input.Foreign(losses);
        if (unreadable is not null)
        {
            return unreadable.Tell(console, OutputFormat.Text);
        }

        string name = Path.GetFileName(path);
        TraceLog log = new(events, totals);
        TracePageOptions options = new() { Title = title ?? "KernelSim trace", Source = name };
        if (page is null)
        {
            TracePage.Write(log, options, console.Out);
        }
        else if (OutputFile.Write(page, PageExpectation, writer => Write(log, options, writer)) is { } failure)
        {
            return failure.Tell(console, OutputFormat.Text);
        }

        if (losses.Damage is null)
        {
            console.Note($"{losses}{(page is null ? string.Empty : $"; the page is {page}")}");
        }

        return input.Conclude(losses);
    }

    private static Failure? Write(TraceLog log, TracePageOptions options, TextWriter writer)
    {
        TracePage.Write(log, options, writer);
        return null;
    }
}
