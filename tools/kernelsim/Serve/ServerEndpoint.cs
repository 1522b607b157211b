using System.Net.Sockets;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Serve;

/// <summary>
/// A server's name, taken: the socket that stands for it, listening. Taking a name, giving it back and sweeping away what dead
/// servers left happens one after the other among all servers of the user.
/// </summary>
internal sealed class ServerEndpoint : IDisposable
{
    private const int Backlog = 256;

    private bool _isTaken = true;

    private ServerEndpoint(string name, string path, Socket listener)
    {
        Name = name;
        Path = path;
        Listener = listener;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>The socket's file.</summary>
    public string Path { get; }

    /// <summary>The socket.</summary>
    public Socket Listener { get; }

    /// <summary>Takes a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="endpoint">What was taken.</param>
    /// <returns>Why it cannot be taken; null when it was.</returns>
    public static Failure? Take(string name, out ServerEndpoint? endpoint)
    {
        endpoint = null;
        if (RuntimeFolder.Prepare() is { } failure)
        {
            return failure;
        }

        string path = RuntimeFolder.SocketOf(name);
        try
        {
            using Turn turn = Turn.Take();
            Sweep();
            if (File.Exists(path))
            {
                return new Failure(
                    $"serve: --name '{name}' given, expected a name that is free: a server of that name runs, on {path}. "
                    + $"'kernelsim serve --stop --name {name}' ends it.",
                    Errno.EEXIST);
            }

            Socket listener = NewSocket();
            try
            {
                listener.Bind(new UnixDomainSocketEndPoint(path));
                listener.Listen(Backlog);
            }
            catch
            {
                listener.Dispose();
                throw;
            }

            endpoint = new ServerEndpoint(name, path, listener);
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
        catch (Exception exception) when (Failure.FromHost(path, "a socket to listen on", exception) is { } refusal)
        {
            return refusal;
        }
    }

    /// <summary>A socket of the kind that servers listen on.</summary>
    public static Socket NewSocket() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    /// <summary>Gives the name back: the socket's file goes with the socket.</summary>
    public void Dispose()
    {
        if (!_isTaken)
        {
            // The file may be another server's by now.
            return;
        }

        _isTaken = false;
        using Turn turn = Turn.Take();
        Listener.Dispose();
        File.Delete(Path);
    }

    private static void Sweep()
    {
        foreach (string path in RuntimeFolder.Sockets().Where(p => !Answers(p)))
        {
            File.Delete(path);
        }
    }

    /// <summary>Whether somebody listens there. A server takes no notice of a client that leaves without a word.</summary>
    private static bool Answers(string path)
    {
        using Socket socket = NewSocket();
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

    /// <summary>A turn among the servers of the user; that of a process that died in it is over.</summary>
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
                // It is ours all the same.
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
