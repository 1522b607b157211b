using System.Diagnostics;
using System.Diagnostics.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>
/// A host process to record from outside, through its runtime's diagnostics port: a running one, or one that is started for it
/// and suspended before its first instruction of managed code until the session listens, so that no early event is missed.
/// </summary>
public sealed class TraceTarget : IDisposable
{
    /// <summary>
    /// A provider of the runtime's own that writes an event every second. A session delivers events in blocks: without it, the last
    /// events of a process that has become idle would be delayed until its next one.
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

    /// <summary>Targets a running process.</summary>
    /// <param name="processId">Its process id on the host.</param>
    public static TraceTarget Running(int processId) => new(new DiagnosticsClient(processId), null);

    /// <summary>Starts a process, suspended.</summary>
    /// <param name="start">The start information; its environment is extended.</param>
    /// <param name="process">The suspended process. The caller disposes it.</param>
    /// <exception cref="TargetException">It cannot be started, or exits without having connected to its diagnostics port.</exception>
    public static TraceTarget Launch(ProcessStartInfo start, out Process process)
    {
        ArgumentNullException.ThrowIfNull(start);
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

    /// <summary>Starts recording and resumes a suspended process. May be called once.</summary>
    /// <param name="providers">The providers to record.</param>
    /// <param name="bufferMiB">Buffer in MiB for events that have not been read yet; the runtime drops events when it is full.</param>
    /// <param name="heartbeat">Whether events must arrive soon even if the process becomes idle.</param>
    /// <returns>The stream, in .nettrace format. It must be read continuously, or events are lost.</returns>
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
    /// Ends the recording: the stream delivers the remaining events, and then ends. The exit of the process has the same effect.
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
            // The process has exited, and the session with it.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _session?.Dispose();
        _connector?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }
}
