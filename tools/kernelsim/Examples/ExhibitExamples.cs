using KernelSim.EbpfCore;
using KernelSim.Tool.Museum.Acting;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.UserMode;

namespace KernelSim.Tool.Examples;

/// <summary>The exhibits of the museum as scripts: each as it was, and as it is.</summary>
internal static class ExhibitExamples
{
    private const string Group = "Museum";

    /// <summary>Two scripts for each exhibit, in the order of the museum.</summary>
    public static IEnumerable<ExampleRow> Rows => ExhibitTable.All.SelectMany(exhibit => (IEnumerable<ExampleRow>)
        [Row(exhibit, ExhibitRun.Before, exhibit.Before), Row(exhibit, ExhibitRun.After, exhibit.After)]);

    private static ExampleRow Row(IExhibit exhibit, string version, Cast cast)
    {
        string id = $"museum/{exhibit.Label.Id}/{version}";
        string title = $"{exhibit.Label.Id}, {version}: {exhibit.Label.Title}";
        return new ExampleRow(id, title, () => Make(id, title, exhibit, cast));
    }

    private static ExampleScript Make(string id, string title, IExhibit exhibit, Cast cast)
    {
        ExhibitScript script = ExhibitScriptTable.For(exhibit);
        MachineSettings machine = new MachineSettings
        {
            Cpus = script.Cpus,
            Library = cast.Library,
            Defects = [.. DefectTable.All.Where(d => Has(d, cast))],
        };
        machine = machine with { Heap = cast.Heap ?? machine.Heap };
        using ScriptDraft draft = new(machine);
        draft.Say($"{exhibit.Label.Saw}.");
        draft.Say($"Played by {cast.Name}.");
        script.Write(draft, cast.CallerErrs);
        return new ExampleScript(id, Group, title, exhibit.Words.Meant, draft.Lines) { Machine = machine };
    }

    private static bool Has(Defect defect, Cast cast) =>
        (defect.Library != LibraryDefects.None && cast.LibraryDefects.HasFlag(defect.Library))
        || (defect.Driver != EbpfCoreDefects.None && cast.DriverDefects.HasFlag(defect.Driver));
}
