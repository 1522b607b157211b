using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using KernelSim.LabScripts;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.Client;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Script;
using KernelSim.Tool.Serve.Operations;
using KernelSim.UserMode;

namespace KernelSim.Tool.Serve;

/// <summary>
/// One client and its process on the machine. A thread of its own makes the calls and sends the results, blocking as long as
/// needed; lines are received concurrently, so that the end of a client is noticed during a call.
/// </summary>
/// <remarks>
/// A client that has sent its last line (it shut down its sending side) gets every result. If it disconnects, its process ends at once:
/// requests are cancelled, handles closed. <see cref="End"/> does the same, from any thread.
/// </remarks>
internal sealed class ServerConnection : IDisposable
{
    private const int LinesAhead = 16;

    private readonly Socket _socket;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(LinesAhead);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _lock = new();
    private readonly List<string> _notes = [];
    private PsProcess? _process;
    private bool _isEnding;
    private bool _isAdmitted;
    private Dictionary<string, IServerOperation>? _operations;
    private volatile bool _lineIsTooLong;
    private volatile Interruption? _interruption;

    /// <summary>Creates a connection.</summary>
    /// <param name="server">The server that accepted it.</param>
    /// <param name="socket">The client's socket; disposed here.</param>
    public ServerConnection(LabServer server, Socket socket)
    {
        Server = server;
        _socket = socket;
    }

    /// <summary>The server that accepted it.</summary>
    public LabServer Server { get; }

    /// <summary>True once the client has requested the stop: it waits for it, and the end of the connection signals it.</summary>
    public bool AwaitsStop { get; set; }

    /// <summary>Whether results are to contain notes from now on: facts that the program itself could not know.</summary>
    public bool WantsNotes { get; set; }

    /// <summary>Serves the client until it disconnects or the server stops. Its process has ended then.</summary>
    /// <exception cref="BugcheckException">The machine stopped.</exception>
    public void Serve()
    {
        Task receiving = Task.Run(ReceiveAsync);
        try
        {
            Answer();
        }
        catch (BugcheckException stop)
        {
            Send(Failure.MachineStopped(stop));
            throw;
        }
        catch (Exception exception)
        {
            Send(new Failure($"the server cannot go on with this connection: {exception.GetType().Name}, see what it wrote to stderr", Errno.EIO));
            throw;
        }
        finally
        {
            EndProcess(NtStatus.Success);
            foreach (IDisposable operation in _operations?.Values.OfType<IDisposable>() ?? [])
            {
                operation.Dispose();
            }

            if (_isAdmitted)
            {
                Server.Leave();
            }

            if (!AwaitsStop)
            {
                _socket.Dispose();
                receiving.GetAwaiter().GetResult();
            }
        }
    }

    /// <summary>Ends the connection, whatever it is doing.</summary>
    public void End()
    {
        EndProcess(NtStatus.Cancelled);
        try
        {
            // Ends a blocked send to a client that does not read.
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // The client disconnected first.
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _ended.Dispose();
    }

    private void Answer()
    {
        ScriptInterpreter? interpreter = null;
        int number = 0;
        while (NextLine() is { } line)
        {
            if (ServerRequest.Parse(line) is { } request)
            {
                if (!Answer(request))
                {
                    return;
                }

                continue;
            }

            number++;
            if (ScriptReader.IsSkipped(line))
            {
                continue;
            }

            interpreter ??= Begin();
            if (interpreter is null)
            {
                return;
            }

            if (interpreter.Answer(line, number, out ScriptAnswer? answer) is { } wrong)
            {
                Send(wrong);
                return;
            }

            if (!Send(answer!))
            {
                return;
            }
        }

        if (_lineIsTooLong)
        {
            Send(ScriptLine.TooLong(number + 1));
        }
    }

    /// <summary>Starts the process with the first call: a client without calls leaves no trace on the machine.</summary>
    /// <returns>Null if the connection is ending, or the server is full: the client has been notified.</returns>
    private ScriptInterpreter? Begin()
    {
        if (!Admit() || Start("script.exe") is not { } process)
        {
            return null;
        }

        Libbpf library = new(process.Gate, Server.Info.Settings.Library) { Symbols = Server.Lab.Symbols, ReadsHostFiles = false };
        return new ScriptInterpreter(new ScriptSession(Server.Lab, process, library, (_, text) => _notes.Add(text), _ended.Token)
        {
            AboutMissingFile = MissingModule.OnServer,
        });
    }

    /// <summary>Counts the process. False if the server is full: the client has been notified.</summary>
    private bool Admit()
    {
        if (Server.Admit() is { } full)
        {
            Send(full);
            return false;
        }

        _isAdmitted = true;
        return true;
    }

    /// <summary>Starts the process; null if the connection is ending.</summary>
    private PsProcess? Start(string image)
    {
        lock (_lock)
        {
            return _isEnding ? null : _process = Server.Lab.Start(Server.Info.Settings.ForProcess(image));
        }
    }

    /// <summary>Runs a command of bpftool's, in a process that ends with it.</summary>
    private void RunBpftool(IReadOnlyList<string> arguments)
    {
        if (_isAdmitted)
        {
            Send(Failure.WrongUsage("bpftool: given after a call of the same connection, expected a connection of its own"));
            return;
        }

        if (!Admit())
        {
            return;
        }

        using Interruption interruption = new(() => EndProcess(NtStatus.Cancelled));
        _interruption = interruption;
        RemoteHost host = new(Send, NextLine, interruption);
        BpftoolProcess process = new(
            Server.Lab, Server.Info.Settings.Library, () => Start(BpftoolProcess.Image) ?? throw new ProcessExitedException(0, violation: null));
        int exitCode = process.Run(host, arguments);
        host.Flush();
        Send(HostMessages.Line(HostMessages.Exit, interruption.HasEnded ? ExitCode.Interrupted : exitCode));
        _interruption = null;
    }

    private void EndProcess(NtStatus status)
    {
        lock (_lock)
        {
            if (_isEnding)
            {
                return;
            }

            _isEnding = true;
        }

        _process?.Terminate(status);
        _ended.Cancel();
    }

    private bool Answer(ServerRequest request)
    {
        if (request.Operation == ServerOperationTable.Bpftool)
        {
            bool hasWords = request.Line.TryGetProperty("arguments", out JsonElement words);
            RunBpftool(hasWords ? [.. words.EnumerateArray().Select(w => w.GetString()!)] : []);
            return false;
        }

        _operations ??= ServerOperations.For(this);
        bool sent = Send(json =>
        {
            json.WriteStartObject();
            if (request.Id is not null)
            {
                json.WritePropertyName("id");
                json.WriteRawValue(request.Id);
            }

            json.WriteNumber("ret", 0);
            _operations[request.Operation].Answer(request.Line, json);
            json.WriteEndObject();
        });
        if (AwaitsStop)
        {
            Server.Stop();
        }

        return sent && !AwaitsStop;
    }

    private void WriteNotes(Utf8JsonWriter json, Refusal? refusal)
    {
        if (WantsNotes && _notes.Count > 0)
        {
            json.WriteStartArray("notes");
            _notes.ForEach(json.WriteStringValue);
            json.WriteEndArray();
        }

        if (WantsNotes && refusal is not null)
        {
            json.WriteString("refusal", refusal.Line);
        }

        _notes.Clear();
    }

    private bool Send(ScriptAnswer answer) =>
        Send(json => answer.Result.Write(json, answer.Call.Id, trailer => WriteNotes(trailer, answer.Result.Refusal)));

    private bool Send(Action<Utf8JsonWriter> write) => Send(JsonText.Of(OutputFormat.Json, write));

    private void Send(Failure failure) => Send(failure.ToJson(OutputFormat.Json));

    /// <summary>Sends a line, blocking until the client can receive it. False if the client has disconnected.</summary>
    private bool Send(string text)
    {
        byte[] line = Encoding.UTF8.GetBytes(text + "\n");
        try
        {
            for (int sent = 0; sent < line.Length;)
            {
                sent += _socket.Send(line.AsSpan(sent));
            }

            return true;
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    private string? NextLine() =>
        _lines.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult() && _lines.Reader.TryRead(out string? line) ? line : null;

    private async Task ReceiveAsync()
    {
        LineBuffer buffer = new(ScriptLine.Longest);
        try
        {
            for (int count; (count = await _socket.ReceiveAsync(buffer.Room()).ConfigureAwait(false)) > 0;)
            {
                buffer.Add(count);
                while (buffer.TryTake(out string line))
                {
                    if (ServerRequest.Parse(line)?.Operation == ServerOperationTable.Interrupt)
                    {
                        _interruption?.Request();
                        continue;
                    }

                    await _lines.Writer.WriteAsync(line, _ended.Token).ConfigureAwait(false);
                }

                if (buffer.IsTooLong)
                {
                    _lineIsTooLong = true;
                    return;
                }
            }

            if (buffer.TryTakeRest(out string rest))
            {
                await _lines.Writer.WriteAsync(rest, _ended.Token).ConfigureAwait(false);
            }

            // A client that still listens has only sent its last line. If it disconnected, even an empty send fails.
            _socket.Send(ReadOnlySpan<byte>.Empty);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            End();
        }
        finally
        {
            _lines.Writer.Complete();
        }
    }
}
