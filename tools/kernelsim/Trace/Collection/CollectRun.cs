using System.Diagnostics;
using System.Runtime.Versioning;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>One recording, of one process or of all that a program starts.</summary>
/// <param name="console">Where notes go, and what a program writes that was started for it.</param>
/// <param name="format">How to sum up.</param>
/// <param name="settings">Whom to record and what.</param>
/// <param name="path">The file.</param>
internal sealed class CollectRun(ToolConsole console, OutputFormat format, SessionSettings settings, string path)
{
    private const string Expectation = "a file to write the trace to";

    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Stopwatch _shown = Stopwatch.StartNew();
    private readonly List<TraceSink> _sinks = [];
    private IReadOnlyList<RuntimeSession> _sessions = [];

    /// <summary>Records through the runtime's diagnostics port, and sums up.</summary>
    /// <returns>The exit code.</returns>
    public int IntoNetTrace()
    {
        try
        {
            // First the file: when it cannot be written nothing is started.
            using RecordingFiles files = RecordingFiles.Open(path);
            int? exitCode = null;
            if (settings.ProcessId is { } id)
            {
                AttachedRun.Run(settings, id, heartbeat: false, events => Attach(files, events));
            }
            else
            {
                exitCode = Launch(files);
            }

            if (console.ErrorIsTerminal)
            {
                Show();
                console.Error.WriteLine();
            }

            _sinks.ForEach(s => s.Close());
            return new CollectSummary(console, format, settings, _sinks, _sessions, files.IsRegular).Tell(exitCode);
        }
        catch (TargetException e)
        {
            return new Failure(e.Message, Errno.ESRCH).Tell(console, format);
        }
        catch (Exception e) when (OutputException.OfReader(e is RecordingException ? e.InnerException : e) is { } gone)
        {
            throw gone;
        }
        catch (RecordingException e) when (Failure.FromHost(path, Expectation, e.InnerException!) is { } failure)
        {
            return failure.Tell(console, format);
        }
        catch (Exception e) when (Failure.FromHost(path, Expectation, e) is { } failure)
        {
            return failure.Tell(console, format);
        }
        finally
        {
            _sinks.ForEach(s => s.Dispose());
        }
    }

    /// <summary>Records with a session of Event Tracing for Windows, and sums up.</summary>
    /// <returns>The exit code.</returns>
    [SupportedOSPlatform("windows")]
    public int IntoEventTraceLog()
    {
        try
        {
            using EtwSession session = new(path, settings.Providers, settings.BufferMiB, settings.ProcessId);
            using Process process = settings.ProcessId is { } id
                ? Process.GetProcessById(id)
                : Process.Start(ChildProcess.HowToStart(settings.Command))!;
            settings.TellBegin(console);
            using CancellationTokenSource ended = new();
            using StopSignal stop = new(settings.Duration, ended.Cancel);
            try
            {
                process.WaitForExitAsync(ended.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException) when (settings.ProcessId is null)
            {
                process.Kill(entireProcessTree: true);
            }
            catch (OperationCanceledException)
            {
                // A process that was not started here keeps running.
            }
        }
        catch (Exception e) when (e is TargetException or ArgumentException or System.ComponentModel.Win32Exception)
        {
            return new Failure(e.Message, Errno.ESRCH).Tell(console, format);
        }

        return CollectSummary.TellFile(console, format, path);
    }

    /// <summary>Records the events of a process that already runs.</summary>
    private void Attach(RecordingFiles files, Stream events)
    {
        TraceSink sink = NewSink(files, session: null);
        sink.Settle();
        settings.TellBegin(console);
        sink.Drain(events, ShowNow);
    }

    /// <summary>Starts a program and records it and what it starts.</summary>
    private int Launch(RecordingFiles files)
    {
        bool outputIsData = format != OutputFormat.Text || RecordingFiles.IsStandardOutput(path);
        using ProgramRun run = new(
            console, settings, outputIsData, heartbeat: false, session => NewSink(files, session).Drain(session.Events, ShowNow));
        run.Run();
        _sessions = run.Sessions;
        if (_sinks.All(s => s.Path is null))
        {
            // Nobody had anything to say. That, too, is a recording.
            (_sinks.FirstOrDefault(s => s.Session!.Providers is not null) ?? _sinks[0]).Settle();
        }

        return run.ExitCode;
    }

    private TraceSink NewSink(RecordingFiles files, RuntimeSession? session)
    {
        TraceSink sink = new(files, settings.Providers, counts: console.ErrorIsTerminal || !files.IsRegular) { Session = session };
        lock (_lock)
        {
            _sinks.Add(sink);
        }

        return sink;
    }

    /// <summary>On a terminal, counts events as they come, a few times a second.</summary>
    private void ShowNow()
    {
        if (console.ErrorIsTerminal && _shown.Elapsed > s_refresh)
        {
            _shown.Restart();
            Show();
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            LossReport[] counts = [.. _sinks.Select(s => s.Counter!.Now)];
            string count = _sinks.Exists(s => s.Counter!.GaveUp)
                ? "too fast to count"
                : $"{counts.Sum(c => c.Events)} events, {counts.Sum(c => c.Lost)} lost";
            console.Error.Write($"\r{count}, {_sinks.Sum(s => s.Bytes)} bytes   ");
        }
    }
}
