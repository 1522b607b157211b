using System.Text.Json;
using KernelSim.Protocol;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>The host of a client, asked over its connection. Not thread-safe.</summary>
internal sealed class RemoteHost : IBpftoolHost
{
    private readonly Func<string, bool> _send;
    private readonly Func<string?> _receive;
    private readonly Interruption _interruption;

    /// <summary>Speaks over a connection.</summary>
    /// <param name="send">Sends a line; false if the client has disconnected.</param>
    /// <param name="receive">Waits for the next line of the client; null if it has disconnected.</param>
    /// <param name="interruption">The client's Ctrl-C. After it has ended the process, nothing is printed.</param>
    public RemoteHost(Func<string, bool> send, Func<string?> receive, Interruption interruption)
    {
        (_send, _receive, _interruption) = (send, receive, interruption);
        Out = new PieceWriter(() => Error, text => Send(HostMessages.Output, text));
        Error = new PieceWriter(() => Out, text => Send(HostMessages.Error, text));
    }

    /// <inheritdoc/>
    public TextWriter Out { get; }

    /// <inheritdoc/>
    public TextWriter Error { get; }

    /// <inheritdoc/>
    public Errno OpenRead(string path, out Stream? content)
    {
        Errno errno = Ask(HostMessages.Line(HostMessages.Open, path));
        content = errno == Errno.None ? new RemoteStream(this) : null;
        return errno;
    }

    /// <inheritdoc/>
    public Errno Write(string path, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        return Ask(HostMessages.Line(json =>
        {
            json.WriteString(HostMessages.Write, path);
            json.WriteBase64String(HostMessages.Bytes, bytes);
        }));
    }

    /// <inheritdoc/>
    public CancellationToken HandleInterruption() => _interruption.Handle();

    /// <summary>Sends what has not been sent.</summary>
    public void Flush()
    {
        Out.Flush();
        Error.Flush();
    }

    private void Send(string member, string text)
    {
        if (!_interruption.HasEnded)
        {
            _send(HostMessages.Line(member, text));
        }
    }

    private Errno Ask(string line) => ErrnoOf(Answer(line)) ?? Errno.EIO;

    private byte[] Read(int count)
    {
        JsonElement? answer = Answer(HostMessages.Line(HostMessages.Read, count));
        return answer is { } line
            && line.TryGetProperty(HostMessages.Bytes, out JsonElement text)
            && text.ValueKind == JsonValueKind.String
            && text.TryGetBytesFromBase64(out byte[]? bytes)
            ? bytes
            : throw new HostFileException(ErrnoOf(answer) ?? Errno.EIO);
    }

    private static Errno? ErrnoOf(JsonElement? answer) =>
        answer is { } line && line.TryGetProperty(HostMessages.Errno, out JsonElement errno) && errno.TryGetInt32(out int number)
            ? (Errno)number
            : null;

    /// <summary>Sends a request, after all output.</summary>
    private JsonElement? Answer(string line)
    {
        Flush();
        if (!_send(line) || _receive() is not { } answer)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The client's open file.</summary>
    private sealed class RemoteStream(RemoteHost host) : ReadStream
    {
        private byte[] _bytes = [];
        private int _at;

        public override int Read(byte[] buffer, int offset, int count)
        {
            if (_at == _bytes.Length)
            {
                (_bytes, _at) = (host.Read(HostMessages.MostBytes), 0);
            }

            int length = Math.Min(count, _bytes.Length - _at);
            _bytes.AsSpan(_at, length).CopyTo(buffer.AsSpan(offset));
            _at += length;
            return length;
        }
    }
}
