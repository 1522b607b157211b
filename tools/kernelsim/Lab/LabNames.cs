using System.CommandLine;
using System.CommandLine.Completions;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Lab;

/// <summary>The names of labs and tasks on the command line.</summary>
internal static class LabNames
{
    /// <summary>All labs, for messages.</summary>
    public static string List => string.Join(", ", LabTable.All.Select(l => l.Name));

    /// <summary>The argument that names a lab or one of its tasks, as <c>LAB/TASK</c>; without it, all of the folder's lab.</summary>
    public static Argument<string?> Argument(string does)
    {
        Argument<string?> name = new("NAME")
        {
            Description = $"{does}: a lab, or one task as LAB/TASK. Without it, all tasks of the folder's lab.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrOne,
        };
        name.CompletionSources.Add(_ => Words());
        ArgumentRules.RefuseOptions(name, _ => false);
        return name;
    }

    /// <summary>The option that names the folder.</summary>
    public static Option<string> FolderOption() => new("--folder")
    {
        Description = "The lab's folder.",
        HelpName = "F",
        CompletionSources = { Offers.Folders },
        DefaultValueFactory = _ => ".",
    };

    /// <summary>The tasks that a name on the command line stands for.</summary>
    /// <param name="folder">The folder that they are looked for in.</param>
    /// <param name="name">The name; null for all tasks.</param>
    /// <param name="tasks">The tasks.</param>
    /// <returns>Why it names none; null if it does.</returns>
    public static Failure? Find(LabFolder folder, string? name, out IReadOnlyList<ExerciseTask> tasks)
    {
        tasks = folder.Lab.Tasks;
        if (name is null || name == folder.Lab.Name)
        {
            return null;
        }

        string[] known = [folder.Lab.Name, .. tasks.Select(t => $"{folder.Lab.Name}/{t.Name}")];
        string[] parts = name.Split('/', 2);
        if (parts is [var lab, var task] && lab == folder.Lab.Name && tasks.FirstOrDefault(t => t.Name == task) is { } found)
        {
            tasks = [found];
            return null;
        }

        tasks = [];
        string why = LabTable.Find(parts[0]) is { } other && other != folder.Lab
            ? $": the folder '{folder.Path}' is of lab {folder.Lab.Name}"
            : NearestWords.Hint(name, known);
        return Failure.WrongUsage($"'{name}' given, expected one of {string.Join(", ", known)}{why}");
    }

    private static IEnumerable<CompletionItem> Words() =>
        LabTable.All.SelectMany(l => l.Tasks.Select(t => $"{l.Name}/{t.Name}").Prepend(l.Name)).Select(w => new CompletionItem(w));
}
