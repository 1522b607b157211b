using System.Text.Json;
using KernelSim.LabScripts.Runs;

namespace KernelSim.Tool.Examples;

/// <summary>
/// A script in the making: each line is run when it is added, so that a later line can name what only a run tells, such as a handle. The same
/// machine gives the same again.
/// </summary>
/// <param name="settings">The machine that runs the lines.</param>
internal sealed class ScriptDraft(MachineSettings settings) : IDisposable
{
    private readonly LabRun _run = LabRun.Start(settings);
    private readonly List<string> _lines = [];

    /// <summary>The lines so far.</summary>
    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Adds a comment.</summary>
    public void Say(string text) => Add("# " + text);

    /// <summary>Adds a line.</summary>
    /// <returns>The result of its call; undefined if it has none, because the machine has stopped or the line is a comment.</returns>
    /// <exception cref="InvalidOperationException">The line is invalid.</exception>
    public JsonElement Add(string line)
    {
        _lines.Add(line);
        if (_run.Next(line, out ScriptStep? step) is { IsWrongUsage: true } failure)
        {
            throw new InvalidOperationException($"an example has an invalid line: {failure.Message}");
        }

        return step is null ? default : JsonElement.Parse(step.Json);
    }

    /// <inheritdoc/>
    public void Dispose() => _run.Dispose();
}
