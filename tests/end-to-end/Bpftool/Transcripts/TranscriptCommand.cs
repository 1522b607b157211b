namespace KernelSim.EndToEnd.Tests.Bpftool.Transcripts;

/// <summary>A command of the transcript of the real bpftool, and what it printed.</summary>
/// <param name="Section">The section that it is in.</param>
/// <param name="Line">The words after the tool's name.</param>
/// <param name="Printed">What it printed, and its exit code.</param>
internal sealed record TranscriptCommand(string Section, string Line, ToolRun Printed)
{
    private const string CommandMark = "$ bpftool";
    private const string SectionMark = "=== ";
    private const string ErrorMark = "2> ";
    private const string ExitMark = "[exit ";

    /// <summary>All of a transcript, in order.</summary>
    /// <param name="file">Its name in <c>tests/reference</c>.</param>
    public static IReadOnlyList<TranscriptCommand> ReadAll(string file = "bpftool-transcript.txt")
    {
        List<TranscriptCommand> commands = [];
        string section = "";
        string? command = null;
        List<string> output = [];
        List<string> error = [];
        foreach (string line in Repository.ReadText("tests", "reference", file).Split('\n'))
        {
            if (command is null)
            {
                section = line.StartsWith(SectionMark, StringComparison.Ordinal) ? line[SectionMark.Length..] : section;
                command = line.StartsWith(CommandMark, StringComparison.Ordinal) ? line[CommandMark.Length..].Trim() : null;
            }
            else if (line.StartsWith(ExitMark, StringComparison.Ordinal))
            {
                int exitCode = int.Parse(line[ExitMark.Length..^1], System.Globalization.CultureInfo.InvariantCulture);
                commands.Add(new TranscriptCommand(section, command, new ToolRun(exitCode, Text(output), Text(error))));
                (command, output, error) = (null, [], []);
            }
            else if (line.StartsWith(ErrorMark, StringComparison.Ordinal))
            {
                error.Add(line[ErrorMark.Length..]);
            }
            else
            {
                output.Add(line);
            }
        }

        return commands;
    }

    /// <inheritdoc/>
    public override string ToString() => $"bpftool {Line}";

    private static string Text(List<string> lines) => string.Concat(lines.Select(l => l + "\n"));
}
