using System.Diagnostics;
using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// A program that is started and recorded, with every .NET program that it starts. It goes on until the program has ended, and all that
/// it started and that uses KernelSim; for anything else that the program leaves running it waits a short time only.
/// </summary>
/// <param name="console">Where notes go.</param>
/// <param name="settings">What to start and record.</param>
/// <param name="outputIsData">Whether standard output is the recording's.</param>
/// <param name="heartbeat">Whether events must arrive soon though a program falls silent.</param>
/// <param name="drain">Reads a program's events to their end, on a thread of its own; what it throws ends the recording.</param>
internal sealed class ProgramRun(
    ToolConsole console, SessionSettings settings, bool outputIsData, bool heartbeat, Action<RuntimeSession> drain) : IDisposable
{
    /// <summary>How long something that was left running has to become a program that is to be recorded.</summary>
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan s_pace = TimeSpan.FromMilliseconds(100);

    private readonly ManualResetEvent _stopped = new(initialState: false);
    private readonly AutoResetEvent _exited = new(initialState: false);
    private readonly HashSet<int> _told = [];
    private RuntimePort? _port;
    private ChildProcess? _child;
    private StopSignal? _stop;
    private Exception? _failure;

    /// <summary>The programs that have connected to the port.</summary>
    public IReadOnlyList<RuntimeSession> Sessions { get; private set; } = [];

    /// <summary>Exit code of the program that was started.</summary>
    public int ExitCode { get; private set; }

    private string Name => settings.Command[0];

    /// <summary>Starts the program and records it to its end.</summary>
    /// <exception cref="TargetException">It cannot be started or recorded.</exception>
    public void Run()
    {
        using StopSignal stop = new(duration: null, () => _stopped.Set(), Abandon);
        _stop = stop;
        using RuntimePort port = new(settings.Providers, settings.BufferMiB, heartbeat, Drain);
        _port = port;
        using var child = ChildProcess.Start(settings.Command, port, console, outputIsData, () => _exited.Set());
        _child = child;
        StartClock();
        Wait(port, child);
        port.Stop();
        Sessions = port.Sessions;
        bool isRecorded = Sessions.Any(s => s.Refusal is null);
        if (_stopped.WaitOne(TimeSpan.Zero) || !isRecorded)
        {
            child.Terminate(isInterrupted: stop.HasActed && settings.Duration is null);
        }
        else
        {
            TellLeft(child.Others());
            child.Leave();
        }

        ExitCode = child.ExitCode;
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw new RecordingException(failure);
        }

        if (!isRecorded && _stopped.WaitOne(TimeSpan.Zero))
        {
            throw new TargetException($"stopped before '{Name}' could be recorded");
        }

        if (!isRecorded)
        {
            string reason = Sessions is [{ Refusal: { } refusal }, ..] ? refusal : "no .NET program in it asked for its recorder";
            throw new TargetException($"'{Name}' given, expected a .NET program whose diagnostics are on: it ended with {ExitCode}; {reason}");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopped.Dispose();
        _exited.Dispose();
    }

    private void Drain(RuntimeSession session)
    {
        if (_port?.Sessions is [var first, ..] && first == session)
        {
            StartClock();
        }

        try
        {
            drain(session);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            _stopped.Set();
        }
    }

    /// <summary>The duration begins with the program, and once more with the first session: what is recorded is what counts.</summary>
    private void StartClock()
    {
        if (settings.Duration is { } duration)
        {
            _stop?.StopAfter(duration);
        }
    }

    private void Wait(RuntimePort port, ChildProcess child)
    {
        WaitHandle[] events = [_stopped, _exited, port.Changed];
        Stopwatch quiet = new();
        TimeSpan pace = Timeout.InfiniteTimeSpan;
        while (true)
        {
            if (WaitHandle.WaitAny(events, pace) != WaitHandle.WaitTimeout)
            {
                quiet.Restart();
            }

            if (_stopped.WaitOne(TimeSpan.Zero))
            {
                return;
            }

            if (!child.HasExited)
            {
                pace = Timeout.InfiniteTimeSpan;
                continue;
            }

            List<RuntimeSession> running = [.. port.Sessions.Where(s => !s.HasEnded)];
            if (running.Where(s => s.Providers is not null || s.HasEvents).ToList() is { Count: > 0 } recorded)
            {
                TellGoesOn(child, recorded);
                pace = Timeout.InfiniteTimeSpan;
                continue;
            }

            IReadOnlyList<(int Id, string Name)> left = OperatingSystem.IsLinux()
                ? child.Others()
                : [.. running.Select(s => (s.ProcessId, s.Command))];
            if (left.Count == 0 || quiet.Elapsed > s_grace)
            {
                return;
            }

            pace = s_pace;
        }
    }

    /// <summary>Says why this goes on though the program has ended. A session outlives its process by the time that its last events take.</summary>
    private void TellGoesOn(ChildProcess child, List<RuntimeSession> recorded)
    {
        HashSet<int> running = OperatingSystem.IsLinux() ? [.. child.Others().Select(p => p.Id)] : [.. recorded.Select(s => s.ProcessId)];
        foreach (RuntimeSession session in recorded.Where(s => s.ProcessId != child.Id && running.Contains(s.ProcessId) && _told.Add(s.ProcessId)))
        {
            console.Note($"'{Name}' has ended; recording process {session.ProcessId} ({session.Command}), which it started, until it ends or Ctrl-C");
        }
    }

    private void TellLeft(IReadOnlyList<(int Id, string Name)> left)
    {
        if (left.Count > 0)
        {
            string names = string.Join(", ", left.Select(p => $"process {p.Id} ({p.Name})"));
            console.Note($"'{Name}' has left running, and nobody records any more: {names}");
        }
    }

    /// <summary>This process ends at once: nothing that it started, and no file of its own, stays.</summary>
    private void Abandon()
    {
        _child?.Kill();
        _port?.Dispose();
    }
}
