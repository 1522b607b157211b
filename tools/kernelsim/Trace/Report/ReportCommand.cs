using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Reports;

namespace KernelSim.Tool.Trace.Report;

/// <summary><c>trace report</c>: statistics of a recording.</summary>
internal sealed class ReportCommand : ICommandModule
{
    private readonly TraceFile _file = new();

    private readonly Option<int> _top = new("--top")
    {
        Description = "How many of the slowest requests to name.",
        HelpName = "N",
        DefaultValueFactory = _ => 10,
    };

    private readonly Option<bool> _requireComplete = new("--require-complete")
    {
        Description = "Exit with 1 when the trace lost events, is cut off, or has none of KernelSim.",
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim trace report tour.nettrace --require-complete",
        "Sums up a trace, and fails if an event of it is missing.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("report", "Sum up a trace: calls, refusals, maps, processors, the slowest requests, memory.");
        _file.AddTo(command);
        _top.Validators.Add(r =>
        {
            if (r.Tokens.Count == 1 && (!int.TryParse(r.Tokens[0].Value, out int top) || top < 0))
            {
                r.AddError($"--top: '{r.Tokens[0].Value}' given, expected a number from 0 to {int.MaxValue}");
            }
        });
        command.Options.Add(_top);
        command.Options.Add(_requireComplete);
        _output.AddTo(command);
        command.SetAction(parsed => Run(
            console, _output.Read(parsed), _file.Read(parsed), parsed.GetValue(_top), parsed.GetValue(_requireComplete)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string path, int top, bool requireComplete)
    {
        using TraceInput input = new(console, path);
        ReportBuilder builder = new(top);
        if (input.Stream(builder.Add, out TraceTotals totals) is { } failure)
        {
            return failure.Tell(console, format);
        }

        TraceReport report = builder.Finish(totals);
        if (format == OutputFormat.Text)
        {
            new ReportText(console).Write(report);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => ReportJson.Write(json, report)));
        }

        if (report.Losses.Damage is not null || !requireComplete || report.Losses.IsComplete)
        {
            return input.Conclude(report.Losses);
        }

        console.Note($"{report.Losses}, expected a complete trace");
        return ExitCode.Failed;
    }
}
