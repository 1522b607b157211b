using System.Diagnostics;
using System.Runtime.Versioning;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Losses;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>One recording into a file.</summary>
/// <param name="console">Receives notes, and the output of a program started for the recording.</param>
/// <param name="format">The format of the summary.</param>
/// <param name="settings">What to record.</param>
/// <param name="path">Path of the file.</param>
internal sealed class CollectRun(ToolConsole console, OutputFormat format, SessionSettings settings, string path)
{
    private const string Expectation = "a file to write the trace to";

    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(250);

    private int? _exitCode;

    /// <summary>Records through the runtime's diagnostics port.</summary>
    /// <returns>Why it failed; otherwise null.</returns>
    public Failure? IntoNetTrace()
    {
        try
        {
            using TraceTarget target = Reach(out ChildProcess? child);
            using ChildProcess? owned = child;
            bool isNew = !File.Exists(path);
            using FileStream file = new(path, FileMode.OpenOrCreate, FileAccess.Write);
            Stream events = Begin(target, file, isNew);
            using StopSignal stop = new(settings.Duration, target.Stop);
            Drain(events, file);
            _exitCode = child?.Finish(kill: stop.HasActed);
            return null;
        }
        catch (TargetException e)
        {
            return new Failure(e.Message, Errno.ESRCH);
        }
        catch (Exception e) when (Failure.FromHost(path, Expectation, e) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Records with a session of Event Tracing for Windows.</summary>
    /// <returns>Why not; null when it did.</returns>
    [SupportedOSPlatform("windows")]
    public Failure? IntoEventTraceLog()
    {
        try
        {
            using EtwSession session = new(path, settings.Providers, settings.BufferMiB, settings.ProcessId);
            using Process process = settings.ProcessId is { } id
                ? Process.GetProcessById(id)
                : Process.Start(ChildProcess.HowToStart(settings.Command, inherits: true))!;
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

            return null;
        }
        catch (Exception e) when (e is TargetException or ArgumentException or System.ComponentModel.Win32Exception)
        {
            return new Failure(e.Message, Errno.ESRCH);
        }
    }

    /// <summary>Reads the file back and summarizes it.</summary>
    /// <returns>The exit code.</returns>
    public int Tell()
    {
        LossAudit audit = new();
        if (TraceFile.Stream(console, path, audit.Add, out TraceTotals totals) is { } failure)
        {
            return failure.Tell(console, format);
        }

        LossReport losses = audit.Finish(totals);
        if (format == OutputFormat.Text)
        {
            LossText.Write(console.Error, losses);
            console.Error.WriteLine($"{path}: {new FileInfo(path).Length} bytes");
        }
        else
        {
            console.Out.WriteLine(JsonText.Of(format, json =>
            {
                json.WriteStartObject();
                json.WriteString("file", path);
                LossJson.WriteFields(json, losses);
                if (_exitCode is { } code)
                {
                    json.WriteNumber("exit_code", code);
                }

                json.WriteEndObject();
            }));
        }

        if (losses.Events == 0)
        {
            console.Note("no event was heard; does the program use KernelSim's libraries?");
        }

        if (_exitCode is { } ended and not 0)
        {
            console.Note($"the program ended with {ended}");
        }

        return ExitCode.Done;
    }

    /// <summary>Finds the process to record; a program started for it is suspended until the session begins.</summary>
    private TraceTarget Reach(out ChildProcess? child)
    {
        child = null;
        if (settings.ProcessId is { } id)
        {
            return TraceTarget.Running(id);
        }

        bool inherits = console.OutIsTerminal && console.ErrorIsTerminal;
        TraceTarget target = TraceTarget.Launch(ChildProcess.HowToStart(settings.Command, inherits), out Process process);
        child = ChildProcess.TakeOver(process, console, format == OutputFormat.Text ? console.Out : console.Error);
        return target;
    }

    /// <summary>Begins to record. An existing file is overwritten only then: if the process cannot be reached, no trace is lost.</summary>
    private Stream Begin(TraceTarget target, FileStream file, bool isNew)
    {
        try
        {
            Stream events = target.Begin(settings.Providers, settings.BufferMiB);
            settings.TellBegin(console);
            file.SetLength(0);
            return events;
        }
        catch (TargetException) when (isNew)
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Writes the events to the file, and on a terminal counts them.</summary>
    private void Drain(Stream events, FileStream file)
    {
        using LiveCounter? counter = console.ErrorIsTerminal ? new LiveCounter() : null;
        Stopwatch since = Stopwatch.StartNew();
        byte[] buffer = new byte[1 << 16];
        long bytes = 0;
        int length;
        while ((length = Read(events, buffer)) > 0)
        {
            file.Write(buffer, 0, length);
            bytes += length;
            counter?.Offer(buffer.AsSpan(0, length));
            if (counter is not null && since.Elapsed > s_refresh)
            {
                since.Restart();
                Show(counter, bytes);
            }
        }

        if (counter is not null)
        {
            counter.Finish();
            Show(counter, bytes);
            console.Error.WriteLine();
        }
    }

    /// <summary>A killed process takes the end of its stream with it.</summary>
    private static int Read(Stream events, byte[] buffer)
    {
        try
        {
            return events.Read(buffer, 0, buffer.Length);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Show(LiveCounter counter, long bytes)
    {
        LossReport now = counter.Now;
        string count = counter.GaveUp ? "too fast to count" : $"{now.Events} events, {now.Lost} lost";
        console.Error.Write($"\r{count}, {bytes} bytes   ");
    }
}
