using System.CommandLine;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Predict;

namespace KernelSim.Tool.Lab;

/// <summary>The noun <c>lab</c>: exercises with answers that the simulator knows. One file and one row for each verb.</summary>
internal sealed class LabCommand : ICommandModule
{
    /// <inheritdoc/>
    public CommandExample Example { get; } = new("kernelsim lab predict", "Asks what a call does, and then shows it.");

    /// <inheritdoc/>
    public IReadOnlyList<ICommandModule> Verbs { get; } = [new PredictCommand()];

    /// <inheritdoc/>
    public Command Build(ToolConsole console) => new("lab", "Exercises.");
}
