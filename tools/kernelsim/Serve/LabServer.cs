using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Text;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Tool.Client;

namespace KernelSim.Tool.Serve;

/// <summary>A machine that clients share, each with its own process on it and its own thread here.</summary>
/// <param name="lab">The machine; its owner shuts it down, after <see cref="EndAll"/>.</param>
/// <param name="info">Name and settings of the server.</param>
/// <param name="error">Receives the tool's own failures with one client, which the others do not notice.</param>
internal sealed class LabServer(LabMachine lab, ServerInfo info, TextWriter error) : IDisposable
{
    private const int MaximumProcesses = 256;

    // More than processes: a full server can still be queried and stopped.
    private const int MaximumConnections = 2 * MaximumProcesses;

    // Descriptors that are left free when a new client is accepted: the runtime occasionally opens files of its own.
    private const int SpareDescriptors = 8;

    private static readonly TimeSpan s_pace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly AutoResetEvent _left = new(initialState: false);
    private readonly Dictionary<ServerConnection, Thread> _connections = [];
    private readonly List<ServerConnection> _awaitingStop = [];
    private Exception? _failure;
    private int _processes;

    /// <summary>The shared machine.</summary>
    public LabMachine Lab { get; } = lab;

    /// <summary>Name and settings of the server.</summary>
    public ServerInfo Info { get; } = info;

    /// <summary>Accepts clients until the server is stopped.</summary>
    public void AcceptAll(Socket listener)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Begin(listener.AcceptAsync(_stop.Token).AsTask().GetAwaiter().GetResult());
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionAborted or SocketError.ConnectionReset)
            {
                // It disconnected before it was accepted.
            }
            catch (SocketException exception) when (exception.SocketErrorCode is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable)
            {
                // The client waits in the queue until another has left, or other programs have freed descriptors.
                WaitHandle.WaitAny([_stop.Token.WaitHandle, _left], s_pace);
            }
        }
    }

    /// <summary>Ends all clients' processes and waits until no thread of theirs is in the kernel.</summary>
    /// <exception cref="BugcheckException">The machine had stopped.</exception>
    public void EndAll()
    {
        foreach ((ServerConnection connection, Thread thread) in Connections())
        {
            if (!connection.AwaitsStop)
            {
                connection.End();
            }

            thread.Join();
        }

        if (Volatile.Read(ref _failure) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Counts one more process; <see cref="Leave"/> removes it.</summary>
    /// <returns>Why there can be no more; otherwise null.</returns>
    public Failure? Admit()
    {
        int count = Interlocked.Increment(ref _processes);
        if (count <= MaximumProcesses)
        {
            return null;
        }

        Leave();
        return TooMany("process", count, MaximumProcesses);
    }

    /// <summary>Removes a process from the count.</summary>
    public void Leave() => Interlocked.Decrement(ref _processes);

    /// <summary>Requests the stop, from any thread.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Releases the clients that wait for the stop: it has happened.</summary>
    public void Dispose()
    {
        _awaitingStop.ForEach(c => c.Dispose());
        _left.Dispose();
        _stop.Dispose();
    }

    /// <summary>Reports a failure of the tool with one client, with its stack: it is a bug, or the host is out of some resource.</summary>
    public void Tell(Exception failure)
    {
        lock (error)
        {
            try
            {
                error.WriteLine($"kernelsim: serve: one client's connection was ended by a failure of the tool: {failure}");
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The error stream is closed.
            }
        }
    }

    private KeyValuePair<ServerConnection, Thread>[] Connections()
    {
        lock (_connections)
        {
            return [.. _connections];
        }
    }

    private void Begin(Socket client)
    {
        if (ServerSocket.StrangerAt(client) is { } stranger)
        {
            Refuse(client, new Failure($"user {stranger} given, expected the owner of the server '{Info.Name}'", Errno.EACCES));
            return;
        }

        if (!LeavesRoom())
        {
            Refuse(client, OutOf("descriptors"));
            return;
        }

        ServerConnection connection = new(this, client);
        Thread thread = new(() => Serve(connection)) { IsBackground = true, Name = "client" };
        int count;
        lock (_connections)
        {
            count = _connections.Count + 1;
            if (count <= MaximumConnections)
            {
                _connections.Add(connection, thread);
            }
        }

        if (count > MaximumConnections)
        {
            Refuse(client, TooMany("connection", count, MaximumConnections));
            connection.Dispose();
            return;
        }

        try
        {
            thread.Start();
        }
        catch (Exception exception) when (exception is OutOfMemoryException or ThreadStartException)
        {
            lock (_connections)
            {
                _connections.Remove(connection);
            }

            Refuse(client, OutOf("threads"));
            connection.Dispose();
        }
    }

    /// <summary>Whether the host has enough free descriptors.</summary>
    private static bool LeavesRoom()
    {
        List<Socket> spare = [];
        try
        {
            while (spare.Count < SpareDescriptors)
            {
                spare.Add(ServerSocket.Create());
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        finally
        {
            spare.ForEach(s => s.Dispose());
        }
    }

    private static void Refuse(Socket client, Failure failure)
    {
        using (client)
        {
            try
            {
                // The first bytes of a connection never block.
                client.Send(Encoding.UTF8.GetBytes(failure.ToJson(OutputFormat.Json) + "\n"));
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // It has already disconnected.
            }
        }
    }

    private Failure TooMany(string what, int given, int expected) =>
        new($"{what} {given} of the server '{Info.Name}' given, expected at most {expected} at once", Errno.EMFILE);

    private Failure OutOf(string what) =>
        new($"one more connection of the server '{Info.Name}' given, expected fewer at once: its host is out of {what}", Errno.EMFILE);

    private void Serve(ServerConnection connection)
    {
        try
        {
            connection.Serve();
        }
        catch (BugcheckException stop)
        {
            // Rethrown where the server ends.
            Interlocked.CompareExchange(ref _failure, stop, null);
            Stop();
        }
        catch (Exception exception)
        {
            // A bug of the tool, or a host out of some resource. The other clients need not suffer for it.
            Tell(exception);
        }

        lock (_connections)
        {
            if (connection.AwaitsStop)
            {
                _awaitingStop.Add(connection);
            }

            _connections.Remove(connection);
            _left.Set();
        }

        if (!connection.AwaitsStop)
        {
            connection.Dispose();
        }
    }
}
