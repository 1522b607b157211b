using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using System.Text;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Machines;

namespace KernelSim.Tool.Serve;

/// <summary>A machine that clients share, each with a process of its own on it and a thread of its own here.</summary>
/// <param name="lab">The machine; shut down by whoever booted it, after <see cref="EndAll"/>.</param>
/// <param name="info">Who the server is.</param>
internal sealed class LabServer(LabMachine lab, ServerInfo info) : IDisposable
{
    private const int MaximumProcesses = 256;

    // More than processes: one can always ask a full server who it is, and stop it.
    private const int MaximumConnections = 2 * MaximumProcesses;

    private readonly CancellationTokenSource _stop = new();
    private readonly Dictionary<ServerConnection, Thread> _connections = [];
    private readonly List<ServerConnection> _awaitingStop = [];
    private Exception? _failure;
    private int _processes;

    /// <summary>The machine.</summary>
    public LabMachine Lab { get; } = lab;

    /// <summary>Who the server is.</summary>
    public ServerInfo Info { get; } = info;

    /// <summary>Takes clients until the server is to stop.</summary>
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
                // Gone before it was taken.
            }
        }
    }

    /// <summary>Ends all clients' processes and waits until no thread of theirs is in the kernel.</summary>
    /// <exception cref="Nt.BugcheckException">The machine had stopped.</exception>
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

    /// <summary>Counts one process more; <see cref="Leave"/> counts it out.</summary>
    /// <returns>Why there can be no more; null when there is one more.</returns>
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

    /// <summary>Counts a process out.</summary>
    public void Leave() => Interlocked.Decrement(ref _processes);

    /// <summary>Tells it to stop, from any thread.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Lets go of the clients that wait for the stop: it has happened.</summary>
    public void Dispose()
    {
        _awaitingStop.ForEach(c => c.Dispose());
        _stop.Dispose();
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

        if (count <= MaximumConnections)
        {
            thread.Start();
            return;
        }

        using (connection)
        {
            try
            {
                // The first bytes of a connection never wait for room.
                client.Send(Encoding.UTF8.GetBytes(TooMany("connection", count, MaximumConnections).ToJson(OutputFormat.Json) + "\n"));
            }
            catch (SocketException)
            {
                // It has given up already.
            }
        }
    }

    private Failure TooMany(string what, int given, int expected) =>
        new($"{what} {given} of the server '{Info.Name}' given, expected at most {expected} at once", Errno.EMFILE);

    private void Serve(ServerConnection connection)
    {
        try
        {
            connection.Serve();
        }
        catch (Exception exception)
        {
            // The machine has stopped, or the tool has a bug: thrown where the server ends.
            Interlocked.CompareExchange(ref _failure, exception, null);
            Stop();
        }

        lock (_connections)
        {
            if (connection.AwaitsStop)
            {
                _awaitingStop.Add(connection);
            }

            _connections.Remove(connection);
        }

        if (!connection.AwaitsStop)
        {
            connection.Dispose();
        }
    }
}
