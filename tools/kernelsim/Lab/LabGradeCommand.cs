using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab;

/// <summary><c>lab grade</c>: points under fresh seeds, as <c>results.json</c>.</summary>
internal sealed class LabGradeCommand : ICommandModule
{
    private const string Expected = "a file to write the results to";
    private const string StandardOutput = "-";

    private readonly Argument<string?> _name = LabNames.Argument("What to grade");
    private readonly Option<string> _folder = LabNames.FolderOption();

    private readonly Option<string?> _file = new("--output", "-o")
    {
        Description = "Write the results there, or with - to standard output, with Gradescope's fields: score, and tests with name, score, "
            + "max_score and output.",
        HelpName = "results.json",
        CompletionSources = { Offers.Files },
    };

    private readonly Option<ulong?> _seed = new("--seed")
    {
        Description = "Seed of the inputs: the same seed gives the same results. Default: by chance; the results name it.",
        HelpName = "N",
        CustomParser = r => NumberArgument.Read(r, 0UL, ulong.MaxValue),
    };

    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim lab grade --folder boundary -o results.json",
        "Grades the lab in the folder under seeds that its tests have not used, and writes what Gradescope reads.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("grade", "Grade a lab under fresh seeds, and write the results for Gradescope.");
        command.Arguments.Add(_name);
        command.Options.Add(_folder);
        command.Options.Add(_file);
        command.Options.Add(_seed);
        _output.AddTo(command);
        command.SetAction(parsed => Run(
            console,
            _output.Read(parsed),
            parsed.GetValue(_name),
            parsed.GetRequiredValue(_folder),
            parsed.GetValue(_file),
            parsed.GetValue(_seed) ?? LabSeed.Fresh()));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string? name, string path, string? file, ulong seed)
    {
        IReadOnlyList<ExerciseTask> tasks = [];
        if ((LabFolder.Open(path, out LabFolder? folder) ?? LabNames.Find(folder!, name, out tasks)) is { } failure)
        {
            return failure.Tell(console, format);
        }

        LabReport report = Grader.Run(folder!, tasks, LabSeed.OfRun(seed), isCheck: false, console) with { RunSeed = seed };
        if (file == StandardOutput)
        {
            return report.Tell(console, format == OutputFormat.Text ? OutputFormat.PrettyJson : format);
        }

        if (file is not null)
        {
            Failure? unwritten = OutputFile.Write(file, Expected, writer =>
            {
                writer.WriteLine(JsonText.Of(OutputFormat.PrettyJson, report.Write));
                return null;
            });
            if (unwritten is not null)
            {
                return unwritten.Tell(console, format);
            }
        }

        return report.Tell(console, format);
    }
}
