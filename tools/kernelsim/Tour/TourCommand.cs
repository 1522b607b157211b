using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Drivers;
using KernelSim.Tool.Rendering;
using KernelSim.Tool.Story;
using KernelSim.Tool.Tour.Acting;
using KernelSim.Tool.Tour.Facts;
using KernelSim.Tool.Tour.Rendering;
using KernelSim.Tool.Tour.Telling;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.TraceView;

namespace KernelSim.Tool.Tour;

/// <summary>The verb <c>tour</c>.</summary>
internal sealed class TourCommand : ICommandModule
{
    private const string TraceExpectation = "a file to write the trace to";
    private const string HtmlExpectation = "a file to write the page to";

    private readonly MachineArguments _machine = new(withoutLibrary: "the chapters of all three", takesDrivers: true);
    private readonly TourProgramOption _program = new();
    private readonly OutputOptions _output = new();

    private readonly Option<string?> _trace = new("--trace")
    {
        Description = "Keep the recorded trace (.nettrace).",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    private readonly Option<string?> _html = new("--html")
    {
        Description = "Keep the story and its trace as one HTML page.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    /// <inheritdoc/>
    public CommandExample Example { get; } =
        new("kernelsim tour --cpus 8 --html tour.html", "Tells the story on a machine with 8 CPUs, and keeps it as a page.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("tour", "Tell the story of a batch call that forgot the CPUs, in four chapters, on a fresh machine.");
        _machine.AddTo(command);
        _program.AddTo(command);
        command.Options.Add(_trace);
        command.Options.Add(_html);
        _output.AddTo(command);
        command.SetAction(parsed => Run(
            new TourSettings
            {
                Machine = _machine.Read(parsed) with { Host = new ToolHost(_machine.ReadFiles(parsed)) },
                OnlyLibrary = _machine.NamedLibrary(parsed),
                Program = _program.Read(parsed),
                TraceFile = parsed.GetValue(_trace),
                HtmlFile = parsed.GetValue(_html),
            },
            _output.Read(parsed),
            console));
        return command;
    }

    /// <summary>Plays the tour and renders it.</summary>
    internal static int Run(TourSettings settings, OutputFormat format, ToolConsole console)
    {
        if (OutputFile.Clash(settings.HtmlFile, settings.TraceFile, "the file of the trace", HtmlExpectation) is { } clash)
        {
            return clash.Tell(console, format);
        }

        TourFacts? facts;
        using IDisposable? progress = console.Progress(() => "tour: playing, and reading the trace");
        bool isWarm = (settings.HtmlFile ?? settings.TraceFile) is not null && TourPlay.WarmUp(settings);
        try
        {
            using TraceRecorder recorder = TraceRecorder.Start(settings.TraceFile);
            if (recorder.Note is { } note)
            {
                console.Note($"{note}");
            }

            if (TourPlay.Run(settings, recorder, out facts) is { } unplayed)
            {
                return unplayed.Tell(console, format);
            }
        }
        catch (Exception e) when (Failure.FromHost(settings.TraceFile ?? Path.GetTempPath(), TraceExpectation, e) is { } failure)
        {
            return failure.Tell(console, format);
        }
        catch (InvalidDataException e) when (settings.TraceFile is { } path)
        {
            // The tour reads its trace back; a device such as /dev/null does not keep it.
            return new Failure($"'{path}' given, expected {TraceExpectation}: what was written cannot be read back: {e.Message}")
                .Tell(console, format);
        }

        if (KeepPage(settings, facts!, isWarm) is { } pageFailure)
        {
            return pageFailure.Tell(console, format);
        }

        // The story could be told, but a requested trace that is missing is still a failure; the note has said why. So is what a driver left.
        Tell(facts!, format, console);
        if (facts!.Ending is { } ending)
        {
            console.Out.Flush();
            console.Note(ending.Message);
        }

        return facts.Ending is not null || (settings.TraceFile is not null && facts.TraceFile is null) ? ExitCode.Failed : ExitCode.Done;
    }

    private static Failure? KeepPage(TourSettings settings, TourFacts facts, bool isWarm)
    {
        if (settings.HtmlFile is not { } path)
        {
            return null;
        }

        IReadOnlyList<StoryBlock> story = Storyteller.Tell(facts, Scale.PageCells);
        TracePageOptions options = new()
        {
            Title = story.OfType<TitleBlock>().First().Title,
            StoryMarkup = HtmlRenderer.Render(story),
            IsWarm = isWarm,
        };
        return OutputFile.Write(path, HtmlExpectation, writer =>
        {
            TracePage.Write(facts.Trace, options, writer);
            return null;
        });
    }

    private static void Tell(TourFacts facts, OutputFormat format, ToolConsole console)
    {
        if (format == OutputFormat.Text)
        {
            IReadOnlyList<StoryBlock> story = Storyteller.Tell(facts, Scale.CellsIn(console.LayoutWidth));
            new TerminalRenderer(console).Render(story);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => new JsonRenderer(json).Write(facts)));
        }
    }
}
