using System.Net.Sockets;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Sessions;

/// <summary>
/// A port to which every .NET program that is started with its environment connects, and every one that such a program starts. Each is
/// recorded with a session of its own; a machine boots in it only after its session listens. None of them needs the port to run.
/// </summary>
public sealed class RuntimePort : IDisposable
{
    private const string PortsVariable = "DOTNET_DiagnosticPorts";

    /// <summary>A connection says who it is at once.</summary>
    private static readonly TimeSpan s_introduction = TimeSpan.FromSeconds(5);

    /// <summary>A runtime connects before any code of its program runs; after this long it will not.</summary>
    private static readonly TimeSpan s_arrival = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyList<ProviderRequest> _providers;
    private readonly int _bufferMiB;
    private readonly Action<RuntimeSession> _drain;
    private readonly PortListener _listener;
    private readonly CancellationTokenSource _closing = new();
    private readonly AutoResetEvent _changed = new(initialState: false);
    private readonly Lock _lock = new();
    private readonly Dictionary<Guid, RuntimeSession> _byCookie = [];
    private readonly Dictionary<int, TaskCompletionSource<RuntimeSession>> _byProcess = [];
    private readonly List<RuntimeSession> _sessions = [];
    private readonly List<Thread> _threads = [];
    private readonly Task _accepting;

    /// <summary>Opens a port.</summary>
    /// <param name="providers">What to record of each program.</param>
    /// <param name="bufferMiB">Room for events that have not been read yet; the runtime drops events when it is full.</param>
    /// <param name="heartbeat">Whether events must arrive soon though a process falls silent.</param>
    /// <param name="drain">Reads the events of a session to their end, on a thread of the session's own.</param>
    /// <exception cref="TargetException">The host gives no place for one.</exception>
    public RuntimePort(IEnumerable<ProviderRequest> providers, int bufferMiB, bool heartbeat, Action<RuntimeSession> drain)
    {
        ArgumentNullException.ThrowIfNull(providers);
        ArgumentNullException.ThrowIfNull(drain);
        _listener = PortListener.Open();
        _providers = [.. providers, .. heartbeat ? [ProviderRequest.Heartbeat] : Array.Empty<ProviderRequest>()];
        _bufferMiB = bufferMiB;
        _drain = drain;
        _accepting = Task.Run(AcceptAsync);
    }

    /// <summary>Where it is: part of the environment of every process that was started with it.</summary>
    public string Address => _listener.Address;

    /// <summary>Set when a program has come, has booted a machine or has ended.</summary>
    public WaitHandle Changed => _changed;

    /// <summary>All programs so far, in the order in which they came.</summary>
    public IReadOnlyList<RuntimeSession> Sessions
    {
        get
        {
            lock (_lock)
            {
                return [.. _sessions];
            }
        }
    }

    /// <summary>Adds the port to the environment of a process that is to be started. Ports that are there already stay.</summary>
    public void AddTo(IDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        string own = $"{Address},connect,nosuspend";
        environment[PortsVariable] = environment.TryGetValue(PortsVariable, out string? others) && others is { Length: > 0 }
            ? $"{others};{own}"
            : own;
        environment[RecorderPort.Variable] = Address;
    }

    /// <summary>Ends all sessions and waits until what they had to say has been read.</summary>
    public void Stop()
    {
        Thread[] threads;
        lock (_lock)
        {
            threads = [.. _threads];
        }

        Parallel.ForEach(Sessions, s => s.Stop());
        Array.ForEach(threads, t => t.Join());
    }

    /// <summary>Closes the port: no program comes any more, sessions that were not stopped end in their middle.</summary>
    public void Dispose()
    {
        if (_closing.IsCancellationRequested)
        {
            return;
        }

        _closing.Cancel();
        _listener.Dispose();
        _accepting.GetAwaiter().GetResult();
        foreach (RuntimeSession session in Sessions)
        {
            session.Close();
        }
    }

    private async Task AcceptAsync()
    {
        while (!_closing.IsCancellationRequested)
        {
            try
            {
                Stream connection = await _listener.AcceptAsync(_closing.Token).ConfigureAwait(false);
                _ = MeetAsync(connection);
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception e) when (e is SocketException or IOException)
            {
                // Gone before it was taken, or the host is out of descriptors for a moment: others wait in the queue.
                await Task.Delay(TimeSpan.FromMilliseconds(20)).ConfigureAwait(false);
            }
        }
    }

    private async Task MeetAsync(Stream connection)
    {
        bool isKept = false;
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(_closing.Token);
            limit.CancelAfter(s_introduction);
            byte[] magic = new byte[8];
            await connection.ReadExactlyAsync(magic, limit.Token).ConfigureAwait(false);
            if (magic.AsSpan().SequenceEqual(DiagnosticsProtocol.AdvertisementMagic))
            {
                (Guid cookie, int processId) = await DiagnosticsProtocol.ReadAdvertisementAsync(connection, limit.Token).ConfigureAwait(false);
                isKept = true;
                TakeRuntime(cookie, processId, connection);
            }
            else if (magic.AsSpan().SequenceEqual(RecorderGreeting.Magic))
            {
                RecorderGreeting greeting = await RecorderGreeting.ReadAsync(connection, limit.Token).ConfigureAwait(false);
                await GreetAsync(greeting).ConfigureAwait(false);
                await connection.WriteAsync(new byte[1], limit.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidDataException)
        {
            // It ended, or it is neither a runtime nor a machine.
        }
        finally
        {
            if (!isKept)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private void TakeRuntime(Guid cookie, int processId, Stream connection)
    {
        RuntimeSession? session;
        lock (_lock)
        {
            if (_closing.IsCancellationRequested)
            {
                connection.Dispose();
                return;
            }

            if (_byCookie.TryGetValue(cookie, out session))
            {
                session.Offer(connection);
                return;
            }

            session = new RuntimeSession(processId);
            session.Offer(connection);
            _byCookie.Add(cookie, session);
            _sessions.Add(session);

            // A process that has replaced its program by another has a runtime more than once: the last one counts.
            ArrivalOf(processId, isNew: true).SetResult(session);
            Thread thread = new(() => Record(session)) { IsBackground = true, Name = $"recorder of {processId}" };
            _threads.Add(thread);
            thread.Start();
        }

        _changed.Set();
    }

    private void Record(RuntimeSession session)
    {
        if (session.Start(_providers, _bufferMiB))
        {
            _drain(session);
        }

        session.Close();
        _changed.Set();
    }

    /// <summary>Waits until the session of a process that is about to boot a machine listens.</summary>
    private async Task GreetAsync(RecorderGreeting greeting)
    {
        Task<RuntimeSession> arrival;
        lock (_lock)
        {
            TaskCompletionSource<RuntimeSession> last = ArrivalOf(greeting.ProcessId, isNew: false);
            bool isOver = last.Task.IsCompletedSuccessfully && last.Task.Result is { HasEnded: true, Refusal: null };
            arrival = isOver ? ArrivalOf(greeting.ProcessId, isNew: true).Task : last.Task;
        }

        RuntimeSession session;
        try
        {
            session = await arrival.WaitAsync(s_arrival, _closing.Token).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            session = new RuntimeSession(greeting.ProcessId)
            {
                HasEnded = true,
                Refusal = "its runtime's diagnostics are off; unset DOTNET_EnableDiagnostics",
            };
            lock (_lock)
            {
                _sessions.Add(session);
                ArrivalOf(greeting.ProcessId, isNew: true).SetResult(session);
            }
        }

        session.Providers = [.. greeting.Providers];
        _changed.Set();
        if (!session.HasEnded)
        {
            await session.Listening.WaitAsync(_closing.Token).ConfigureAwait(false);
        }
    }

    private TaskCompletionSource<RuntimeSession> ArrivalOf(int processId, bool isNew)
    {
        if (!_byProcess.TryGetValue(processId, out TaskCompletionSource<RuntimeSession>? arrival) || (isNew && arrival.Task.IsCompleted))
        {
            _byProcess[processId] = arrival = new TaskCompletionSource<RuntimeSession>(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return arrival;
    }
}
