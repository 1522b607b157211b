using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Museum.Acting;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Facts;
using KernelSim.Tool.Museum.Telling;
using KernelSim.Tool.Rendering;

namespace KernelSim.Tool.Museum;

/// <summary><c>museum run</c>: an exhibit, told from the trace of its own run.</summary>
internal sealed class MuseumRunCommand : ICommandModule
{
    /// <summary>The width from which the two addresses of a copy stand beside each other.</summary>
    private const int WideColumns = 100;

    private readonly Argument<string> _id = new("ID")
    {
        Description = "An exhibit, as 'museum list' names it.",
        HelpName = "ID",
        CompletionSources = { _ => ExhibitTable.All.Select(e => e.Label.Id) },
    };

    private readonly Option<bool> _before = new("--before") { Description = "Only as it was." };
    private readonly Option<bool> _after = new("--after") { Description = "Only as it is." };
    private readonly MachineArguments _machine = new(takesLibrary: false);
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim museum run efw-3561 --before", "Shows how a deleted key ended a batch read, as upstream's library has it.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        ArgumentRules.RefuseOptions(_id, _ => false);
        Command command = new("run", "Play an exhibit as it was and as it is, and tell its story from the trace.");
        command.Arguments.Add(_id);
        command.Options.Add(_before);
        command.Options.Add(_after);
        _machine.AddTo(command);
        _output.AddTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(_before) && result.GetValue(_after))
            {
                result.AddError($"{_before.Name} and {_after.Name} given, expected one of them, or none for both versions");
            }
        });
        command.SetAction(parsed => Run(
            console,
            _output.Read(parsed),
            parsed.GetRequiredValue(_id),
            _machine.Read(parsed),
            _machine.GivesHeap(parsed.CommandResult),
            parsed.GetValue(_before) ? ExhibitRun.Before : parsed.GetValue(_after) ? ExhibitRun.After : null));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string id, MachineSettings machine, bool givesHeap, string? onlyVersion)
    {
        if (ExhibitTable.Find(id) is not { } exhibit)
        {
            string hint = NearestWords.Hint(id, ExhibitTable.All.Select(e => e.Label.Id));
            return Failure.WrongUsage(
                $"museum run: '{id}' given, expected an exhibit" + (hint.Length > 0 ? hint : "; 'kernelsim museum list' lists them"))
                .Tell(console, format);
        }

        if (givesHeap && exhibit.Before.Heap is { } needed && needed != machine.Heap)
        {
            return Failure.WrongUsage(
                $"museum run: --heap {ExhibitNames.Of(machine.Heap)} given, expected {ExhibitNames.Of(needed)}: {id} is about that heap")
                .Tell(console, format);
        }

        ExhibitFacts facts = ExhibitRun.Play(exhibit, machine, onlyVersion);
        if (format == OutputFormat.Text)
        {
            new TerminalRenderer(console).Render(new ExhibitTeller(facts, console.LayoutWidth < WideColumns).Tell());
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json => MuseumJson.Write(json, facts)));
        }

        return ExitCode.Done;
    }
}
