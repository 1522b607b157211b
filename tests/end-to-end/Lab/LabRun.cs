using System.Collections.Concurrent;
using System.Text.Json;
using KernelSim.Tool.Lab;

namespace KernelSim.EndToEnd.Tests.Lab;

/// <summary>A lab's folder as a student has it: each lab is started once for each seed, and copied.</summary>
internal sealed class LabRun : IDisposable
{
    /// <summary>The seed that the solutions' answers are of.</summary>
    public const ulong SolvedSeed = 7;

    private const string Disguise = ".cs.txt";

    private static readonly ConcurrentDictionary<(string, ulong), Lazy<string>> s_started = [];

    private readonly TempFolder _folder = new();

    /// <summary>Starts a lab.</summary>
    public LabRun(string lab, ulong seed = SolvedSeed)
    {
        (Lab, Seed) = (lab, seed);
        Copy(s_started.GetOrAdd((lab, seed), _ => new Lazy<string>(() => Start(lab, seed))).Value, _folder.Path);
    }

    public string Lab { get; }

    public ulong Seed { get; }

    public string Path => _folder.Path;

    /// <summary>Labs with solutions among the tests.</summary>
    public static TheoryData<string> Labs => [.. LabTable.All.Select(l => l.Name)];

    /// <summary>Puts what a student wrote into the folder: the files of a folder of the tests.</summary>
    /// <returns>The names of the files.</returns>
    public string[] Put(params string[] from)
    {
        string source = Repository.PathOf(["tests", "end-to-end", "Lab", .. from]);
        Copy(source, Path);
        return [.. Directory.GetFiles(source).Select(f => Plain(System.IO.Path.GetFileName(f)))];
    }

    /// <summary>Writes a file into the folder.</summary>
    public void Write(string name, string text) => File.WriteAllText(System.IO.Path.Combine(Path, name), text);

    /// <summary>The results under fresh seeds; the same each time.</summary>
    public JsonElement Grade(string? task = null)
    {
        string file = System.IO.Path.Combine(Path, "out.json");
        ToolRun run = ToolRun.Of(
            ["lab", "grade", .. task is null ? Array.Empty<string>() : [task], "--folder", Path, "--seed", "5", "-o", file]);
        Assert.True(run.ExitCode is 0 or 1, run.Error);
        return ToolRun.Parse(File.ReadAllText(file));
    }

    /// <summary>The check of a task, or of all.</summary>
    public ToolRun Check(string? task = null) =>
        ToolRun.Of(["lab", "check", .. task is null ? Array.Empty<string>() : [task], "--folder", Path]);

    /// <inheritdoc/>
    public void Dispose() => _folder.Dispose();

    private static string Start(string lab, ulong seed)
    {
        string path = System.IO.Path.Combine(new TempFolder().Path, lab);
        ToolRun run = ToolRun.Of("lab", "start", lab, "-o", path, "--seed", $"{seed}");
        Assert.True(run.ExitCode == 0, run.Error);
        return path;
    }

    private static void Copy(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from))
        {
            File.Copy(file, System.IO.Path.Combine(to, Plain(System.IO.Path.GetFileName(file))), overwrite: true);
        }
    }

    // Sources of students' are no sources of the tests.
    private static string Plain(string name) =>
        name.EndsWith(Disguise, StringComparison.Ordinal) ? name[..^".txt".Length] : name;
}
