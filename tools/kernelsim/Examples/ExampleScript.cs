using System.Globalization;
using KernelSim.UserMode;

namespace KernelSim.Tool.Examples;

/// <summary>A lab script to begin with, and the machine that it is meant for.</summary>
/// <param name="Id">The id of its row.</param>
/// <param name="Group">The heading that it stands under.</param>
/// <param name="Title">The title of its row.</param>
/// <param name="Text">What there is to see, in a sentence or two.</param>
/// <param name="Lines">The script, with comments.</param>
internal sealed record ExampleScript(string Id, string Group, string Title, string Text, IReadOnlyList<string> Lines)
{
    /// <summary>The machine that its results are meant for.</summary>
    public MachineSettings Machine { get; init; } = new();

    /// <summary>Whether it asks something: the answer is to be said before the script runs.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>The script as text, each line with a line feed.</summary>
    public string Script => string.Concat(Lines.Select(line => line + "\n"));

    /// <summary>The heap's name in options.</summary>
    public string Heap => MachineSettings.Heaps.First(h => h.Value == Machine.Heap).Key;

    /// <summary>The library's name in options.</summary>
    public string Library => LibraryVersionNames.NameOf(Machine.Library);

    /// <summary>The ids of the defects, with commas between them; empty for none.</summary>
    public string Defects => string.Join(',', Machine.Defects.Select(d => d.Id));

    /// <summary>The command that runs the script from standard input.</summary>
    public string Command
    {
        get
        {
            MachineSettings defaults = new();
            string[] options =
            [
                Machine.Cpus == defaults.Cpus ? "" : string.Create(CultureInfo.InvariantCulture, $"--cpus {Machine.Cpus} "),
                Machine.Heap == defaults.Heap ? "" : $"--heap {Heap} ",
                Machine.Library == defaults.Library ? "" : $"--library {Library} ",
                Machine.Seed == defaults.Seed ? "" : string.Create(CultureInfo.InvariantCulture, $"--seed {Machine.Seed} "),
                Machine.Defects.Count == 0 ? "" : $"--defects {Defects} ",
            ];
            return $"kernelsim script {string.Concat(options)}-";
        }
    }
}
