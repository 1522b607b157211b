using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using KernelSim.Protocol;

namespace KernelSim.Tool.Client;

/// <summary>The client's side of a connection to a server: sends a line, waits for a line.</summary>
internal sealed class ServerClient : IDisposable
{
    private readonly string _name;
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly Lock _sending = new();

    private ServerClient(string name, Socket socket)
    {
        _name = name;
        _socket = socket;
        _reader = new StreamReader(new NetworkStream(socket));
    }

    /// <summary>Connects to a server.</summary>
    /// <param name="name">Name of the server.</param>
    /// <param name="client">The connection.</param>
    /// <returns>Why it failed; otherwise null.</returns>
    public static Failure? Connect(string name, out ServerClient? client)
    {
        client = null;
        string path = RuntimeFolder.SocketOf(name);
        if (RuntimeFolder.Open(make: false, out RuntimeFolder? folder) is { } refusal)
        {
            return refusal;
        }

        if (folder is null)
        {
            return NotThere(name, path);
        }

        using (folder)
        {
            return Connect(name, path, folder.WayTo(name), out client);
        }
    }

    private static Failure? Connect(string name, string path, string way, out ServerClient? client)
    {
        client = null;
        Socket socket = ServerSocket.Create();
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(way));
            if (ServerSocket.StrangerAt(socket) is { } stranger)
            {
                socket.Dispose();
                return new Failure($"server '{name}' given, expected one of yours: {path} belongs to user {stranger}", Errno.EACCES);
            }

            client = new ServerClient(name, socket);
            return null;
        }
        catch (Exception exception) when (exception is SocketException or ArgumentOutOfRangeException)
        {
            socket.Dispose();
            return exception is SocketException { SocketErrorCode: SocketError.AccessDenied }
                ? new Failure($"server '{name}' given, expected one of yours: permission denied for {path}", Errno.EACCES)
                : NotThere(name, path);
        }
    }

    private static Failure NotThere(string name, string path) => new(
        $"server '{name}' given, expected one that runs: looked for {path}. 'kernelsim serve --name {name}' starts one.", Errno.ENOENT);

    /// <summary>The host's process of a server.</summary>
    /// <param name="name">The server.</param>
    /// <param name="processId">The host's number of its process.</param>
    /// <returns>Why it is not known; null when it is.</returns>
    public static Failure? FindProcess(string name, out int processId)
    {
        processId = 0;
        if (Connect(name, out ServerClient? client) is { } failure)
        {
            return failure;
        }

        using (client)
        {
            if (client!.Ask(ServerRequest.Hello, out JsonElement hello) is { } refusal)
            {
                return refusal;
            }

            processId = hello.GetProperty("pid").GetInt32();
            return null;
        }
    }

    /// <summary>Sends a line that has no answer: one without a call.</summary>
    public void Send(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\n");
        try
        {
            // Ctrl-C is sent from a thread of its own.
            lock (_sending)
            {
                for (int sent = 0; sent < bytes.Length;)
                {
                    sent += _socket.Send(bytes.AsSpan(sent));
                }
            }
        }
        catch (SocketException)
        {
            // The server has disconnected. Its last message may still arrive; if there is none, the next wait for an answer notices.
        }
    }

    /// <summary>Sends a line and waits for the answer.</summary>
    /// <param name="line">Text of the line.</param>
    /// <param name="answer">The answer as JSON.</param>
    /// <returns>The server's refusal, or that it is gone; null if it answered.</returns>
    public Failure? Ask(string line, out JsonElement answer)
    {
        Send(line);
        answer = default;
        if (Receive() is not { } text)
        {
            return Gone();
        }

        using JsonDocument document = JsonDocument.Parse(text);
        answer = document.RootElement.Clone();
        return RefusalIn(answer);
    }

    /// <summary>The failure of a server that has disconnected.</summary>
    public Failure Gone() => new($"the server '{_name}' ended before it answered", Errno.EIO);

    /// <summary>The server's refusal in a line of its; null if there is none.</summary>
    public static Failure? RefusalIn(JsonElement answer)
    {
        if (!answer.TryGetProperty("error", out JsonElement error))
        {
            return null;
        }

        string message = error.GetString() ?? "";
        var errno = (Errno)answer.GetProperty("errno").GetInt32();
        return errno == Errno.EINVAL ? Failure.WrongUsage(message) : new Failure(message, errno);
    }

    /// <summary>Signals that no more lines follow, and waits until the server has finished this connection.</summary>
    public void Finish()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            // The server disconnected first.
        }

        while (Receive() is not null)
        {
            // There was no request.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }

    /// <summary>Waits for the next line; null if the server has disconnected.</summary>
    public string? Receive()
    {
        try
        {
            return _reader.ReadLine();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
