using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Lab.Grading.Judging;

namespace KernelSim.Tool.Lab;

/// <summary><c>lab check</c>: the public tests.</summary>
internal sealed class LabCheckCommand : ICommandModule
{
    private readonly Argument<string?> _name = LabNames.Argument("What to check");
    private readonly Option<string> _folder = LabNames.FolderOption();
    private readonly OutputOptions _output = new();

    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim lab check boundary/batch",
        "Runs one public test of the lab in the current folder, and says of a miss what was given, what was expected and where to look.");

    /// <inheritdoc/>
    public Command Build(ToolConsole console)
    {
        Command command = new("check", "Run the public tests of a lab, all or one.");
        command.Arguments.Add(_name);
        command.Options.Add(_folder);
        _output.AddTo(command);
        command.SetAction(parsed => Run(console, _output.Read(parsed), parsed.GetValue(_name), parsed.GetRequiredValue(_folder)));
        return command;
    }

    private static int Run(ToolConsole console, OutputFormat format, string? name, string path)
    {
        IReadOnlyList<ExerciseTask> tasks = [];
        if ((LabFolder.Open(path, out LabFolder? folder) ?? LabNames.Find(folder!, name, out tasks)) is { } failure)
        {
            return failure.Tell(console, format);
        }

        LabReport report = Grader.Run(folder!, tasks, LabSeed.Public, isCheck: true, console);
        return report.Tell(console, format);
    }
}
