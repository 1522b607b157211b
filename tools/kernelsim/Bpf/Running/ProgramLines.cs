using System.Text.Json;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Running;

/// <summary>Runs a program for each line of standard input, <c>{"program":"…","memory":"…"}</c>, and prints a result for each, in order.</summary>
internal sealed class ProgramLines(ToolConsole console, OutputFormat format, ProgramRun run)
{
    /// <summary>Answers every line. A program that fails is an answer too.</summary>
    public int Execute()
    {
        using JsonLineWriter writer = new(console.Out, format == OutputFormat.Text ? OutputFormat.Json : format);
        while (console.In.ReadLine() is { } line)
        {
            if (line.Trim().Length > 0)
            {
                writer.Write(Answer(line), (json, result) => result.Write(json));
                FlushBeforeWaiting();
            }
        }

        return ExitCode.Done;
    }

    /// <summary>Whoever writes the lines may wait for an answer before the next one.</summary>
    private void FlushBeforeWaiting()
    {
        if (console.In is not BoundedReader { HasLine: true })
        {
            console.Out.Flush();
        }
    }

    private RunResult Answer(string line)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(line);
        }
        catch (JsonException)
        {
            return new(0, "no JSON given, expected {\"program\":\"…\",\"memory\":\"…\"}");
        }

        using (document)
        {
            return TextOf(document.RootElement, "program", out string program) && TextOf(document.RootElement, "memory", out string memory)
                ? Answer(program, memory)
                : new(0, "expected an object with \"program\" and perhaps \"memory\", both text");
        }
    }

    private RunResult Answer(string program, string memory) =>
        !HexText.TryRead(program, out byte[] programBytes, out string problem) ? new(0, $"program: {problem}")
        : !HexText.TryRead(memory, out byte[] memoryBytes, out problem) ? new(0, $"memory: {problem}")
        : run.Of(programBytes, memoryBytes);

    /// <summary>A member's text; empty for a memory that is not given.</summary>
    private static bool TextOf(JsonElement root, string name, out string text)
    {
        text = "";
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty(name, out JsonElement member))
        {
            return root.ValueKind == JsonValueKind.Object && name == "memory";
        }

        try
        {
            text = member.ValueKind == JsonValueKind.String ? member.GetString()! : "";
            return member.ValueKind == JsonValueKind.String;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: the only invalid text that the JSON parser accepts.
            return false;
        }
    }
}
