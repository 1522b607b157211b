using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceView;

namespace KernelSim.Tool.Trace;

/// <summary><c>trace view</c>: a recording as one HTML page.</summary>
internal sealed class ViewCommand : ICommandModule
{
    private const string PageExpectation = "a file to write the page to";

    private readonly TraceFile _file = new();
    private readonly Option<string?> _page = new("--output", "-o")
    {
        Description = "The page (.html). Default: standard output.",
        HelpName = "PAGE",
        CompletionSources = { Offers.Files },
    };

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

        using TraceInput input = new(console, path, isReadAgain: true);
        if (input.Clash(page, PageExpectation) is { } clash)
        {
            return clash.Tell(console, OutputFormat.Text);
        }

        TracePageBuilder builder = new();
        Failure? unreadable = input.Stream(builder.Add, out TraceTotals totals);
        LossReport losses = builder.Losses(totals);
        unreadable ??= input.Foreign(losses);
        if (unreadable is null && builder.NeedsMore)
        {
            unreadable = input.Stream(builder.AddAgain, out _);
        }

        if (unreadable is not null)
        {
            return unreadable.Tell(console, OutputFormat.Text);
        }

        TracePageOptions options = new() { Title = title ?? "KernelSim trace", Source = Path.GetFileName(path) };
        if (page is null)
        {
            builder.Write(totals, options, console.Out);
        }
        else if (OutputFile.Write(page, PageExpectation, writer => Write(builder, totals, options, writer)) is { } failure)
        {
            return failure.Tell(console, OutputFormat.Text);
        }

        if (losses.Damage is null)
        {
            console.Note($"{losses}{(page is null ? string.Empty : $"; the page is {page}")}");
        }

        return input.Conclude(losses);
    }

    private static Failure? Write(TracePageBuilder builder, TraceTotals totals, TracePageOptions options, TextWriter writer)
    {
        builder.Write(totals, options, writer);
        return null;
    }
}
