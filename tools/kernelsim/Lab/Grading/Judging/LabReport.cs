using System.Globalization;
using System.Text.Json;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Lab.Grading.Judging;

/// <summary>What a check or a graded run found.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="IsOfOneTask">Whether one task was named: then an optional one counts as any other.</param>
/// <param name="Results">The tasks' results, in their order.</param>
internal sealed record LabReport(LabFolder Folder, bool IsOfOneTask, IReadOnlyList<TaskResult> Results)
{
    private const int NameColumns = 22;
    private const int TitleColumn = 36;
    private const int Indentation = 8;

    /// <summary>The seed of a graded run; null for a check, whose seeds are public.</summary>
    public ulong? RunSeed { get; init; }

    private IEnumerable<TaskResult> Mandatory => Results.Where(r => IsOfOneTask || !r.Task.IsOptional);

    private IEnumerable<TaskResult> Optional => Results.Except(Mandatory);

    /// <summary>Writes it for people, or as JSON.</summary>
    /// <returns>The exit code: a failure if a task that is not optional misses something.</returns>
    public int Tell(ToolConsole console, OutputFormat format)
    {
        if (format == OutputFormat.Text)
        {
            Print(console);
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, Write));
        }

        return Mandatory.All(r => r.Miss is null) ? ExitCode.Done : ExitCode.Failed;
    }

    /// <summary>Writes <c>results.json</c>. Nothing in it depends on the time or the place.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("score", Results.Sum(r => r.Score));
        json.WriteString("output", Summary());
        json.WriteString("output_format", "text");
        json.WriteStartArray("tests");
        foreach (TaskResult result in Results)
        {
            json.WriteStartObject();
            json.WriteString("name", result.Name);
            json.WriteNumber("score", result.Score);
            json.WriteNumber("max_score", result.Task.Points);
            if (!IsOpen(result))
            {
                json.WriteString("status", result.Miss is null ? "passed" : "failed");
            }

            json.WriteString("output", string.Join('\n', result.Lines().Prepend($"{result.Task.Title}{Kind(result)}")));
            json.WriteString("visibility", "visible");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Whether it is of an optional task that has no points yet, which is no failure.</summary>
    private bool IsOpen(TaskResult result) => result is { Miss: not null, Task.IsOptional: true, Score: 0 } && !IsOfOneTask;

    private void Print(ToolConsole console)
    {
        Page page = new(console);
        foreach (TaskResult result in Results)
        {
            string points = string.Create(CultureInfo.InvariantCulture, $"{result.Score}/{result.Task.Points}");
            string word = result.Miss is null ? "ok" : IsOpen(result) ? "open" : "MISS";
            page.Paragraph($"{result.Task.Title}{Kind(result)}", TitleColumn, $"{word,-5} {result.Name.PadRight(NameColumns)} {points,5}");
            if (word == "MISS" || (word == "open" && !Folder.IsUntouched(result.Task)))
            {
                foreach (string line in result.Lines())
                {
                    page.Paragraph(line, Indentation);
                }
            }
        }

        page.Paragraph(Summary());
    }

    private string Summary()
    {
        string optional = Optional.Any() ? $", optional {Sum(Optional)}" : "";
        string seeds = RunSeed is { } seed
            ? $"graded under fresh seeds of --seed {seed}"
            : Results.All(r => r.Task.IsOfOwnSeed) ? "checked"
            : $"checked under seeds {string.Join(", ", LabSeed.Public.Where(s => s != Folder.Seed).Prepend(Folder.Seed))}";
        return $"{Folder.Lab.Name}: {Sum(Mandatory)} points{optional}; {seeds}, folder of seed {Folder.Seed}";
    }

    private static string Sum(IEnumerable<TaskResult> results) =>
        string.Create(CultureInfo.InvariantCulture, $"{results.Sum(r => r.Score)} of {results.Sum(r => r.Task.Points)}");

    private static string Kind(TaskResult result) => result.Task.IsOptional ? " (optional)" : "";
}
