using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Diagnostics.NETCore.Client;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A host process that runs already, to record from outside through its runtime's diagnostics port.</summary>
public sealed class TraceTarget : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    /// <summary>For a session whose stream is closed already: only a process that does not run at all needs longer.</summary>
    private static readonly TimeSpan s_shortLimit = TimeSpan.FromSeconds(2);

    private readonly int _processId;
    private readonly DiagnosticsClient _client;
    private EventPipeSession? _session;

    private TraceTarget(int processId)
    {
        _processId = processId;
        _client = new DiagnosticsClient(processId);
    }

    /// <summary>A process that runs.</summary>
    /// <param name="processId">The host's number of it.</param>
    public static TraceTarget Running(int processId) => new(processId);

    /// <summary>Begins to record. May be called once.</summary>
    /// <param name="providers">What to record.</param>
    /// <param name="bufferMiB">Room for events that have not been read yet; the runtime drops events when it is full.</param>
    /// <param name="heartbeat">Whether events must arrive soon though the process falls silent.</param>
    /// <returns>The stream, in .nettrace format. Somebody must read it all the time, or events are lost.</returns>
    /// <exception cref="TargetException">The process cannot be reached; the message says why, and what to do.</exception>
    public Stream Begin(IEnumerable<ProviderRequest> providers, int bufferMiB, bool heartbeat = false)
    {
        ArgumentNullException.ThrowIfNull(providers);
        IEnumerable<ProviderRequest> asked = heartbeat ? providers.Append(ProviderRequest.Heartbeat) : providers;
        try
        {
            using CancellationTokenSource limit = new(s_limit);
            _session = StartAsync([.. asked.Select(ToClient)], bufferMiB, limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult();
            return _session.EventStream;
        }
        catch (Exception e) when (IsLostConnection(e))
        {
            throw new TargetException(WhyNot(e), e);
        }
    }

    /// <summary>
    /// Ends the recording: the stream gets what is still to come, and then ends. A process that has ended by itself has ended it; one
    /// that does not answer loses what it has not sent. Waits until the stream has been read, so another thread must be reading it.
    /// </summary>
    public void Stop() => Stop(s_limit);

    /// <inheritdoc/>
    public void Dispose()
    {
        // A stream that is not read would fill, and the stop that the session sends would wait for room: closing it ends the session.
        _session?.EventStream.Dispose();
        Stop(s_shortLimit);
        _session?.Dispose();
    }

    /// <summary>Asks for no stacks, since no reader uses them. Runtimes before .NET 9 know of no session without them.</summary>
    private async Task<EventPipeSession> StartAsync(EventPipeProvider[] providers, int bufferMiB, CancellationToken token)
    {
        try
        {
            EventPipeSessionConfiguration plain = new(providers, bufferMiB, requestRundown: false, requestStackwalk: false);
            return await _client.StartEventPipeSessionAsync(plain, token).ConfigureAwait(false);
        }
        catch (UnsupportedCommandException)
        {
            return await _client.StartEventPipeSessionAsync(providers, requestRundown: false, bufferMiB, token).ConfigureAwait(false);
        }
    }

    private void Stop(TimeSpan time)
    {
        try
        {
            using CancellationTokenSource limit = new(time);
            _session?.StopAsync(limit.Token).WaitAsync(limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (IsLostConnection(e))
        {
            // The process is gone, and the session with it, or it is stopped.
            _session?.EventStream.Dispose();
        }
    }

    private static EventPipeProvider ToClient(ProviderRequest request) => new(
        request.Name,
        request.Level,
        request.Keywords,
        request.Arguments?.Split('=', 2) is [var key, var value] ? new Dictionary<string, string> { [key] = value } : null);

    private static bool IsLostConnection(Exception e) =>
        e is ServerNotAvailableException or TimeoutException or DiagnosticsClientException or IOException or ObjectDisposedException
            or OperationCanceledException or SocketException or UnauthorizedAccessException;

    private string WhyNot(Exception e) => e switch
    {
        OperationCanceledException or TimeoutException =>
            $"process {_processId} given, expected one whose runtime answers: it did not within {s_limit.TotalSeconds:0} s; it may be stopped",
        _ when !Runs() => $"process {_processId} given, expected one that runs",
        _ when IsSomebodyElses(e) => $"process {_processId} given, expected one of yours: permission denied; record it as the user that it runs as",
        _ => $"process {_processId} given, expected a .NET program whose diagnostics are on: no .NET process answers; it may have "
            + "DOTNET_EnableDiagnostics=0, or a TMPDIR that is not this one's",
    };

    private bool Runs()
    {
        try
        {
            using Process process = Process.GetProcessById(_processId);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private bool IsSomebodyElses(Exception e)
    {
        if (e is UnauthorizedAccessException or SocketException { SocketErrorCode: SocketError.AccessDenied })
        {
            return true;
        }

        try
        {
            // Who may not read this may not open the process's socket either.
            return OperatingSystem.IsLinux() && File.ReadAllBytes($"/proc/{_processId}/environ").Length < 0;
        }
        catch (UnauthorizedAccessException)
        {
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
