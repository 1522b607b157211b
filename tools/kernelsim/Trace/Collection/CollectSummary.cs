using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Sessions;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>What is said of a recording when it is over.</summary>
/// <param name="console">Where to.</param>
/// <param name="format">How.</param>
/// <param name="settings">What was asked for.</param>
/// <param name="sinks">Where the events of programs went; the files are closed.</param>
/// <param name="sessions">The programs that were started; empty when the process ran already.</param>
/// <param name="isRegular">Whether the files can be read again.</param>
internal sealed class CollectSummary(
    ToolConsole console,
    OutputFormat format,
    SessionSettings settings,
    IReadOnlyList<TraceSink> sinks,
    IReadOnlyList<RuntimeSession> sessions,
    bool isRegular)
{
    /// <summary>Reads one file back and says what is in it.</summary>
    /// <returns>The exit code.</returns>
    public static int TellFile(ToolConsole console, OutputFormat format, string path)
    {
        UnseenInstructions unseen = new();
        if (Read(console, path, unseen, out LossReport losses) is { } failure)
        {
            return failure.Tell(console, format);
        }

        TellUnseen(console, unseen);
        Write(console, format, [new Part(path, losses, new FileInfo(path).Length, null)], null);
        return ExitCode.Done;
    }

    /// <summary>Reads the files back and says what is in them.</summary>
    /// <param name="exitCode">How the program ended that was started; null when none was.</param>
    /// <returns>The exit code.</returns>
    public int Tell(int? exitCode)
    {
        List<Part> parts = [];
        UnseenInstructions unseen = new();
        Failure? failure = null;
        foreach (TraceSink sink in sinks.Where(s => s.Path is not null).OrderBy(s => s.Order))
        {
            LossReport losses;
            if (!isRegular)
            {
                losses = sink.Counter!.Now;
            }
            else if (Read(console, sink.Path!, unseen, out losses) is { } unreadable)
            {
                failure ??= unreadable;
                continue;
            }

            parts.Add(new Part(sink.Path!, losses, sink.Bytes, sink.Session));
        }

        if (failure is null)
        {
            Write(console, format, parts, exitCode);
        }

        TellUnrecorded();
        TellUnseen(console, unseen);
        if (exitCode is { } ended and not 0)
        {
            console.Note($"the program ended with {ended}");
        }

        return failure?.Tell(console, format)
            ?? new ProviderNotes(settings, sessions, [.. sinks.SelectMany(s => s.Heard)]).Tell(console);
    }

    private static void Write(ToolConsole console, OutputFormat format, IReadOnlyList<Part> parts, int? exitCode)
    {
        if (format == OutputFormat.Text)
        {
            foreach (Part part in parts)
            {
                LossText.Write(console.Error, part.Losses);
                string whose = parts.Count > 1 && part.Session is { } session
                    ? $", of process {session.ProcessId} ({session.Command})"
                    : string.Empty;
                console.Error.WriteLine($"{part.Path}: {part.Bytes} bytes{whose}");
            }

            return;
        }

        console.Out.WriteLine(JsonText.Of(format, json =>
        {
            json.WriteStartObject();
            WriteFields(json, parts[0]);
            if (exitCode is { } code)
            {
                json.WriteNumber("exit_code", code);
            }

            if (parts.Count > 1)
            {
                json.WriteStartArray("others");
                foreach (Part part in parts.Skip(1))
                {
                    json.WriteStartObject();
                    WriteFields(json, part);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
        }));
    }

    private static void WriteFields(Utf8JsonWriter json, Part part)
    {
        json.WriteString("file", part.Path);
        LossJson.WriteFields(json, part.Losses);
        if (part.Session is { } session)
        {
            json.WriteNumber("process_id", session.ProcessId);
            json.WriteString("command", session.Command);
        }
    }

    private static void TellUnseen(ToolConsole console, UnseenInstructions unseen)
    {
        if (unseen.Note is { } note)
        {
            console.Note($"{note}");
        }
    }

    private static Failure? Read(ToolConsole console, string path, UnseenInstructions unseen, out LossReport losses)
    {
        LossAudit audit = new();
        losses = new LossReport(0, 0, []);
        if (!File.Exists(path))
        {
            return new Failure(
                $"'{path}' given, expected the trace that was written to it: it was removed while the recording went on", Errno.ENOENT);
        }

        using TraceInput input = new(console, path);
        Failure? failure = input.Stream(
            e =>
            {
                audit.Add(e);
                unseen.Add(e);
            },
            out TraceTotals totals);
        losses = audit.Finish(totals);
        return failure;
    }

    /// <summary>Programs that ran without being recorded, and why.</summary>
    private void TellUnrecorded()
    {
        IEnumerable<(RuntimeSession Session, string Reason)> unrecorded =
        [
            .. sessions.Where(s => s is { Refusal: not null, Providers: not null }).Select(s => (s, s.Refusal!)),
            .. sinks.Where(s => s.Refusal is not null).Select(s => (s.Session!, s.Refusal!)),
        ];
        foreach ((RuntimeSession session, string reason) in unrecorded)
        {
            console.Note($"process {session.ProcessId} ({session.Command}) was not recorded: {reason}");
        }
    }

    /// <summary>One file.</summary>
    private sealed record Part(string Path, LossReport Losses, long Bytes, RuntimeSession? Session);
}
