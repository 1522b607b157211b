using System.Diagnostics;
using System.Threading.Channels;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>A session of a runtime that came to a <see cref="RuntimePort"/>. Belongs to the port.</summary>
public sealed class RuntimeSession
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_stopLimit = TimeSpan.FromSeconds(5);

    /// <summary>Connections that the runtime offers for the next command. It makes a new one when it has taken a command.</summary>
    private readonly Channel<Stream> _connections = Channel.CreateUnbounded<Stream>();

    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ulong _number;
    private int _isStopped;

    internal RuntimeSession(int processId)
    {
        ProcessId = processId;
        Command = CommandOf(processId);
    }

    /// <summary>The host's number of its process.</summary>
    public int ProcessId { get; }

    /// <summary>What the process was started as, as far as the host tells.</summary>
    public string Command { get; }

    /// <summary>The events, in .nettrace format. Somebody must read them all the time, or some are lost.</summary>
    public Stream Events { get; private set; } = Stream.Null;

    /// <summary>The event sources of the process when it booted its first machine; null while it has booted none.</summary>
    public IReadOnlyList<string>? Providers { get; internal set; }

    /// <summary>Whether its reader has found an event.</summary>
    public bool HasEvents { get; set; }

    /// <summary>Whether the session is over, with all that was done about it.</summary>
    public bool HasEnded { get; internal set; }

    /// <summary>Why the process is not recorded; null when it is.</summary>
    public string? Refusal { get; internal set; }

    /// <summary>Done when the session listens, or never will.</summary>
    internal Task Listening => _listening.Task;

    /// <summary>
    /// Ends the session: the stream gets what is still to come, and then ends. Waits until it has been read, so another thread must be
    /// reading it; a runtime that does not answer loses what it has not sent.
    /// </summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) != 0 || HasEnded)
        {
            return;
        }

        try
        {
            using CancellationTokenSource limit = new(s_stopLimit);
            Listening.Wait(limit.Token);
            using Stream connection = Next(limit.Token);
            DiagnosticsProtocol.StopSessionAsync(connection, _number, limit.Token).GetAwaiter().GetResult();
        }
        catch (Exception e) when (IsLostConnection(e))
        {
            // The process is gone and the session with it, or it does not answer.
            Events.Dispose();
        }
    }

    /// <summary>Takes a connection that the runtime offers.</summary>
    internal void Offer(Stream connection)
    {
        if (!_connections.Writer.TryWrite(connection))
        {
            connection.Dispose();
        }
    }

    /// <summary>Starts the session.</summary>
    /// <returns>Whether it did; otherwise <see cref="Refusal"/> says why not.</returns>
    internal bool Start(IReadOnlyList<ProviderRequest> providers, int bufferMiB)
    {
        try
        {
            using CancellationTokenSource limit = new(s_limit);
            try
            {
                Start(providers, bufferMiB, withStacks: false, limit.Token);
            }
            catch (NotSupportedException)
            {
                Start(providers, bufferMiB, withStacks: true, limit.Token);
            }

            return true;
        }
        catch (Exception e) when (IsLostConnection(e))
        {
            Refusal = e is OperationCanceledException ? "its runtime does not answer"
                : e is InvalidDataException ? e.Message
                : "it ended at its start";
            return false;
        }
        finally
        {
            _listening.TrySetResult();
        }
    }

    private void Start(IReadOnlyList<ProviderRequest> providers, int bufferMiB, bool withStacks, CancellationToken token)
    {
        Stream connection = Next(token);
        try
        {
            _number = DiagnosticsProtocol.StartSessionAsync(connection, providers, bufferMiB, withStacks, token).GetAwaiter().GetResult();
            Events = connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Closes what is open. The runtime ends a session whose stream is closed.</summary>
    internal void Close()
    {
        HasEnded = true;
        Events.Dispose();
        _connections.Writer.TryComplete();
        while (_connections.Reader.TryRead(out Stream? connection))
        {
            connection.Dispose();
        }
    }

    private static bool IsLostConnection(Exception e) =>
        e is IOException or InvalidDataException or OperationCanceledException or ObjectDisposedException or ChannelClosedException;

    private static string CommandOf(int processId)
    {
        try
        {
            if (OperatingSystem.IsLinux()
                && File.ReadAllText($"/proc/{processId}/cmdline").Split('\0', StringSplitOptions.RemoveEmptyEntries)
                    is [var program, .. var words])
            {
                return string.Join(' ', [Path.GetFileName(program), .. words.Select(w => Path.IsPathRooted(w) ? Path.GetFileName(w) : w)]);
            }

            using Process process = Process.GetProcessById(processId);
            return process.ProcessName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or InvalidOperationException)
        {
            return "a program";
        }
    }

    /// <summary>The newest connection that was offered: an older one that was not used is stale.</summary>
    private Stream Next(CancellationToken token)
    {
        Stream newest = _connections.Reader.ReadAsync(token).AsTask().GetAwaiter().GetResult();
        while (_connections.Reader.TryRead(out Stream? newer))
        {
            newest.Dispose();
            newest = newer;
        }

        return newest;
    }
}
