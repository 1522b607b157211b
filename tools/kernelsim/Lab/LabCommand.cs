using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Lab.Grading.Hosting;
using KernelSim.Tool.Predict;

namespace KernelSim.Tool.Lab;

/// <summary>The noun <c>lab</c>: exercises with a local grader. One file and one row for each verb.</summary>
internal sealed class LabCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new(
        "kernelsim lab start boundary",
        "Makes the folder boundary, with tasks and files to complete.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } =
    [
        new LabListCommand(),
        new LabStartCommand(),
        new LabCheckCommand(),
        new LabGradeCommand(),
        new PredictCommand(),
    ];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) =>
        new("lab", "Exercises: start one, check what you wrote, have it graded; or predict what a call does.") { HostCommand.Build() };
}
