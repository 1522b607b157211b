using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Bpftool.Transcripts;

/// <summary>The commands that the real bpftool was given, and what it printed.</summary>
public sealed class TranscriptTests
{
    private static readonly IReadOnlyList<TranscriptCommand> s_commands = TranscriptCommand.ReadAll();

    [Fact]
    public void Every_command_of_the_transcript_prints_the_same_here_or_has_a_reason()
    {
        using TempFolder folder = new();
        using BpftoolMachine machine = new();
        string batch = Path.Combine(folder.Path, "batch.txt");
        File.WriteAllText(batch, "map show name h\nmap lookup name h key 3 0 0 0\nmap lookup name h key 77 0 0 0\n");
        List<string> wrong = [];
        foreach (TranscriptCommand command in s_commands)
        {
            TranscriptException? exception = TranscriptExceptions.All.FirstOrDefault(e => e.Matches(command));
            if (exception is { Answer: null, IsUnordered: false })
            {
                continue;
            }

            ToolRun given = machine.Run([.. command.Line.Split(' ').Select(w => w is "batch.txt" or "pkt64" ? batch : w)]);
            given = given with { Error = given.Error.Replace(batch, "pkt64", StringComparison.Ordinal) };
            if (!Agree(machine, command, exception, given, out ToolRun expected))
            {
                wrong.Add($"{command}\n  expected {Text(expected)}\n  given    {Text(given)}");
            }

            machine.Prepare(exception?.Then ?? []);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Each_exception_is_for_a_command()
    {
        Assert.Equal(299, s_commands.Count);
        Assert.DoesNotContain(TranscriptExceptions.All, e => !s_commands.Any(e.Matches));
    }

    private static bool Agree(BpftoolMachine machine, TranscriptCommand command, TranscriptException? exception, ToolRun given, out ToolRun expected)
    {
        if (exception?.Answer is { } answer)
        {
            expected = answer;
            return given == answer;
        }

        expected = TranscriptText.OfTranscript(command.Printed, name => IdOf(machine, name));
        given = TranscriptText.Neutral(given);
        return exception is null ? given == expected : TranscriptText.Unordered(given) == TranscriptText.Unordered(expected);
    }

    private static string Text(ToolRun run) => $"{run.ExitCode}: {run.Output}{run.Error}";

    private static uint IdOf(BpftoolMachine machine, string name)
    {
        ToolRun shown = machine.Run($"-j map show name {name}");
        return shown.ExitCode == 0 && shown.Json[0].ValueKind == JsonValueKind.Object ? shown.Json[0].GetProperty("id").GetUInt32() : 0;
    }
}
