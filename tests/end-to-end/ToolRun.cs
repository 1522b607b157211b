using System.Text.Json;
using KernelSim.Tool.CommandLine;

namespace KernelSim.EndToEnd.Tests;

/// <summary>One run of the command inside this process, with what it wrote.</summary>
internal sealed record ToolRun(int ExitCode, string Output, string Error)
{
    /// <summary>Lines of standard output.</summary>
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Lines of standard output as JSON.</summary>
    public IReadOnlyList<JsonElement> Json => [.. Lines.Select(Parse)];

    /// <summary>Runs a command line.</summary>
    public static ToolRun Of(params string[] args) => WithInput("", args);

    /// <summary>Runs a command line that reads from standard input.</summary>
    public static ToolRun WithInput(string input, params string[] args) => WithInput(input, args, c => c);

    /// <summary>Runs a command line on a console of a kind.</summary>
    public static ToolRun WithInput(string input, string[] args, Func<ToolConsole, ToolConsole> configure)
    {
        using StringReader reader = new(input);
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        int exitCode = KernelSimTool.Run(args, configure(new ToolConsole(reader, output, error)));
        return new ToolRun(exitCode, output.ToString(), error.ToString());
    }

    /// <summary>JSON that outlives its document.</summary>
    public static JsonElement Parse(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
