using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>
/// A host process to record from outside, through its runtime's diagnostics port: one that runs already, or one that is started for it
/// and held before its first instruction of managed code until the session listens, so that no early event is missed.
/// </summary>
public sealed class TraceTarget : IDisposable
{
    /// <summary>
    /// A provider of the runtime's own that says something every second. A session hands on its events in blocks: without it, the last
    /// few of a process that has fallen silent would wait for it to speak again.
    /// </summary>
    private static readonly EventPipeProvider s_heartbeat =
        new("System.Runtime", EventLevel.Informational, 0, new Dictionary<string, string> { ["EventCounterIntervalSec"] = "1" });

    private readonly DiagnosticsClient _client;
    private readonly DiagnosticsClientConnector? _connector;
    private readonly bool _isHeld;
    private EventPipeSession? _session;

    private TraceTarget(DiagnosticsClient client, DiagnosticsClientConnector? connector)
    {
        _client = client;
        _connector = connector;
        _isHeld = connector is not null;
    }

    /// <summary>A process that runs.</summary>
    /// <param name="processId">The host's number of it.</param>
    public static TraceTarget Running(int processId) => new(new DiagnosticsClient(processId), null);

    /// <summary>Starts a process and holds it.</summary>
    /// <param name="start">How to start it; its environment is added to.</param>
    /// <param name="process">The process, held. The caller disposes of it.</param>
    /// <exception cref="TargetException">It cannot be started, or ends without ever having met its diagnostics port.</exception>
    public static TraceTarget Launch(ProcessStartInfo start, out Process process)
    {
        string port = OperatingSystem.IsWindows()
            ? $"kernelsim-{Guid.NewGuid():N}"
            : Path.Combine(Path.GetTempPath(), $"kernelsim-{Guid.NewGuid():N}"[..24]);
        using CancellationTokenSource giveUp = new();
        Task<DiagnosticsClientConnector> meeting = DiagnosticsClientConnector.FromDiagnosticPort(port, giveUp.Token);
        start.Environment["DOTNET_DiagnosticPorts"] = $"{port},connect,suspend";
        Process? started = null;
        try
        {
            started = Process.Start(start) ?? throw new TargetException($"'{start.FileName}' given, expected a program: it did not start");
            Task ended = started.WaitForExitAsync(giveUp.Token);
            if (Task.WaitAny(meeting, ended) == 1 && !meeting.IsCompletedSuccessfully)
            {
                throw new TargetException(
                    $"'{start.FileName}' given, expected a .NET program whose diagnostics are on: it ended with {started.ExitCode} and never asked");
            }

            process = started;
            return new TraceTarget(meeting.GetAwaiter().GetResult().Instance, meeting.Result);
        }
        catch (Exception e) when (e is not TargetException && (e is System.ComponentModel.Win32Exception or IOException))
        {
            started?.Dispose();
            throw new TargetException($"'{start.FileName}' given, expected a program: {e.Message}", e);
        }
        finally
        {
            giveUp.Cancel();
        }
    }

    /// <summary>Begins to record and lets a held process go. May be called once.</summary>
    /// <param name="providers">What to record.</param>
    /// <param name="bufferMiB">Room for events that have not been read yet; the runtime drops events when it is full.</param>
    /// <param name="heartbeat">Whether events must arrive soon though the process falls silent.</param>
    /// <returns>The stream, in .nettrace format. Somebody must read it all the time, or events are lost.</returns>
    /// <exception cref="TargetException">The process cannot be reached.</exception>
    public Stream Begin(IEnumerable<ProviderRequest> providers, int bufferMiB, bool heartbeat = false)
    {
        List<EventPipeProvider> asked = [.. providers.Select(p => new EventPipeProvider(p.Name, p.Level, p.Keywords))];
        if (heartbeat)
        {
            asked.Add(s_heartbeat);
        }

        try
        {
            _session = _client.StartEventPipeSession(asked, requestRundown: false, bufferMiB);
            if (_isHeld)
            {
                _client.ResumeRuntime();
            }

            return _session.EventStream;
        }
        catch (Exception e) when (e is ServerNotAvailableException or TimeoutException or DiagnosticsClientException or IOException)
        {
            throw new TargetException($"no .NET process answers: {e.Message}", e);
        }
    }

    /// <summary>
    /// Ends the recording: the stream gets what is still to come, and then ends. A process that has ended by itself has ended it.
    /// Waits until the stream has been read, so another thread must be reading it.
    /// </summary>
    public void Stop()
    {
        try
        {
            _session?.Stop();
        }
        catch (Exception e) when (e is ServerNotAvailableException or TimeoutException or DiagnosticsClientException or IOException or ObjectDisposedException)
        {
            // The process is gone, and the session with it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session?.Dispose();
        _connector?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
