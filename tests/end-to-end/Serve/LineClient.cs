using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>A client of a server that is not this tool: a socket and lines.</summary>
internal sealed class LineClient : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly StreamReader _reader;

    public LineClient(string path)
    {
        _socket.ReceiveTimeout = _socket.SendTimeout = (int)LimitedWaits.Limit.TotalMilliseconds;
        _socket.Connect(new UnixDomainSocketEndPoint(path));
        _reader = new StreamReader(new NetworkStream(_socket));
    }

    /// <summary>Sends text as it stands.</summary>
    public void Send(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += _socket.Send(bytes.AsSpan(sent));
        }
    }

    /// <summary>Waits for a line; null when the server has hung up.</summary>
    public string? Receive()
    {
        try
        {
            return _reader.ReadLine();
        }
        catch (IOException e) when (e.InnerException is not SocketException { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock })
        {
            return null;
        }
    }

    /// <summary>Makes a call.</summary>
    public JsonElement Ask(string line)
    {
        Send(line + "\n");
        string? answer = Receive();
        Assert.True(answer is not null, $"Not answered: {line}");
        return ToolRun.Parse(answer);
    }

    /// <summary>Asks a server that may have hung up already; what it said, null when it said nothing.</summary>
    public string? TryAsk(string line)
    {
        try
        {
            Send(line + "\n");
        }
        catch (SocketException)
        {
            // It may have said why.
        }

        return Receive();
    }

    /// <summary>Makes a call that must return something.</summary>
    public JsonElement Expect(long ret, string line)
    {
        JsonElement answer = Ask(line);
        Assert.True(answer.TryGetProperty("ret", out JsonElement given) && given.GetInt64() == ret, $"{line} -> {answer}");
        return answer;
    }

    /// <summary>Says that no line will come, but goes on listening.</summary>
    public void Finish() => _socket.Shutdown(SocketShutdown.Send);

    /// <inheritdoc/>
    public void Dispose()
    {
        _reader.Dispose();
        _socket.Dispose();
    }
}
