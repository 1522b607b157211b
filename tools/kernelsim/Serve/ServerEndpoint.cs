using System.Net.Sockets;
using KernelSim.Protocol;
using KernelSim.Tool.Client;

namespace KernelSim.Tool.Serve;

/// <summary>
/// A server's name while it is in use: the listening socket that stands for it. Taking a name, releasing it and removing the sockets of
/// crashed servers are serialized among all servers of the user.
/// </summary>
internal sealed class ServerEndpoint : IDisposable
{
    private const int Backlog = 256;

    private readonly RuntimeFolder _folder;
    private bool _isTaken = true;

    private ServerEndpoint(string name, string path, Socket listener, RuntimeFolder folder)
    {
        _folder = folder;
        Name = name;
        Path = path;
        Listener = listener;
    }

    /// <summary>Name of the server.</summary>
    public string Name { get; }

    /// <summary>Path of the socket.</summary>
    public string Path { get; }

    /// <summary>The listening socket.</summary>
    public Socket Listener { get; }

    /// <summary>Takes a name.</summary>
    /// <param name="name">Name of the server.</param>
    /// <param name="endpoint">The endpoint, on success.</param>
    /// <returns>Why the name cannot be taken; otherwise null.</returns>
    public static Failure? Take(string name, out ServerEndpoint? endpoint)
    {
        endpoint = null;
        if (RuntimeFolder.Open(make: true, out RuntimeFolder? folder) is { } failure)
        {
            return failure;
        }

        Failure? refusal = Take(name, folder!, out endpoint);
        if (refusal is not null)
        {
            folder!.Dispose();
        }

        return refusal;
    }

    private static Failure? Take(string name, RuntimeFolder folder, out ServerEndpoint? endpoint)
    {
        endpoint = null;

        string path = RuntimeFolder.SocketOf(name);
        try
        {
            using Turn turn = Turn.Take();
            Sweep(folder);
            string way = folder.WayTo(name);
            if (File.Exists(way))
            {
                return new Failure(
                    $"serve: --name '{name}' given, expected a name that is free: a server of that name runs, on {path}. "
                    + $"'kernelsim serve --stop --name {name}' ends it.",
                    Errno.EEXIST);
            }

            Socket listener = ServerSocket.Create();
            try
            {
                listener.Bind(new UnixDomainSocketEndPoint(way));
                listener.Listen(Backlog);
            }
            catch
            {
                listener.Dispose();
                throw;
            }

            endpoint = new ServerEndpoint(name, path, listener, folder);
            return null;
        }
        catch (ArgumentOutOfRangeException)
        {
            return new Failure(
                $"'{path}' given, expected a path that is short enough for a socket: set XDG_RUNTIME_DIR to a shorter one", Errno.ENAMETOOLONG);
        }
        catch (SocketException exception)
        {
            return new Failure($"'{path}' given, expected a socket to listen on: {exception.Message}", Errno.EIO);
        }
        catch (Exception exception) when (Failure.FromHost(path, "a socket to listen on", exception) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Releases the name: deletes the socket's file and closes the socket.</summary>
    public void Dispose()
    {
        if (!_isTaken)
        {
            // The file may belong to another server by now.
            return;
        }

        _isTaken = false;
        using Turn turn = Turn.Take();
        Listener.Dispose();
        File.Delete(_folder.WayTo(Name));
        _folder.Dispose();
    }

    private static void Sweep(RuntimeFolder folder)
    {
        foreach (string path in folder.Sockets.Where(p => !Answers(p)))
        {
            File.Delete(path);
        }
    }

    /// <summary>Whether a server listens there. It ignores a client that disconnects without sending anything.</summary>
    private static bool Answers(string path)
    {
        using Socket socket = ServerSocket.Create();
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode != SocketError.ConnectionRefused;
        }
    }

    /// <summary>A lock among the servers of the user; if its holder crashes, it is released.</summary>
    private sealed class Turn : IDisposable
    {
        private readonly Mutex _mutex;

        private Turn(Mutex mutex) => _mutex = mutex;

        public static Turn Take()
        {
            Mutex mutex = new(false, "kernelsim-servers", new NamedWaitHandleOptions { CurrentUserOnly = true, CurrentSessionOnly = false });
            try
            {
                mutex.WaitOne();
            }
            catch (AbandonedMutexException)
            {
                // The lock is held in any case.
            }

            return new Turn(mutex);
        }

        public void Dispose()
        {
            _mutex.ReleaseMutex();
            _mutex.Dispose();
        }
    }
}
