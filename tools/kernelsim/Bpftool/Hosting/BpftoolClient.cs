using System.Text.Json;
using KernelSim.Protocol;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>The client's side of a command that runs on a server: prints what comes back, and reads and writes files for it.</summary>
/// <param name="console">Where to print.</param>
/// <param name="client">The connection.</param>
internal sealed class BpftoolClient(ToolConsole console, ServerClient client)
{
    private readonly ToolHost _host = new(console);
    private Stream? _file;
    private volatile bool _isReading;
    private volatile bool _isInterrupted;

    /// <summary>Runs a command.</summary>
    /// <param name="arguments">Its words.</param>
    /// <param name="exitCode">Its exit code.</param>
    /// <returns>The server's refusal, or that it is gone; null if the command ran.</returns>
    public Failure? Run(IReadOnlyList<string> arguments, out int exitCode)
    {
        exitCode = 0;
        using StopSignal? signal = console.IsHost ? new StopSignal(duration: null, Interrupt) : null;
        using IDisposable closing = new FileCloser(this);
        client.Send(ServerRequest.Bpftool(arguments));
        while (client.Receive() is { } line)
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement message = document.RootElement;
            if (ServerClient.RefusalIn(message) is { } refusal)
            {
                return refusal;
            }

            if (message.TryGetProperty(HostMessages.Exit, out JsonElement code))
            {
                exitCode = code.GetInt32();
                return null;
            }

            Answer(message);
        }

        exitCode = ExitCode.Interrupted;
        return _isInterrupted ? null : client.Gone();
    }

    private void Answer(JsonElement message)
    {
        if (message.TryGetProperty(HostMessages.Output, out JsonElement text))
        {
            console.Out.Write(text.GetString());
            console.Out.Flush();
        }
        else if (message.TryGetProperty(HostMessages.Error, out text))
        {
            console.Error.Write(text.GetString());
        }
        else if (message.TryGetProperty(HostMessages.Open, out JsonElement path))
        {
            Errno errno = _host.OpenRead(path.GetString()!, out Stream? content);
            _file?.Dispose();
            _file = content;
            client.Send(HostMessages.Line(HostMessages.Errno, (int)errno));
        }
        else if (message.TryGetProperty(HostMessages.Read, out JsonElement count))
        {
            client.Send(Read(count.GetInt32()));
        }
        else if (message.TryGetProperty(HostMessages.Write, out path))
        {
            Errno errno = _host.Write(path.GetString()!, message.GetProperty(HostMessages.Bytes).GetBytesFromBase64());
            client.Send(HostMessages.Line(HostMessages.Errno, (int)errno));
        }
    }

    private string Read(int count)
    {
        byte[] bytes = new byte[Math.Clamp(count, 0, HostMessages.MostBytes)];
        _isReading = true;
        try
        {
            return HostMessages.Line(bytes.AsMemory(0, _file?.Read(bytes) ?? 0));
        }
        catch (Exception exception) when (HostFiles.ErrnoOf(exception) is { } errno)
        {
            return HostMessages.Line(HostMessages.Errno, (int)errno);
        }
        finally
        {
            _isReading = false;
        }
    }

    private void Interrupt()
    {
        _isInterrupted = true;
        if (_isReading)
        {
            // Waiting for someone to type: the process on the machine ends with the connection.
            Environment.Exit(ExitCode.Interrupted);
        }

        client.Send(ServerRequest.Interrupt);
    }

    private sealed class FileCloser(BpftoolClient owner) : IDisposable
    {
        public void Dispose() => owner._file?.Dispose();
    }
}
