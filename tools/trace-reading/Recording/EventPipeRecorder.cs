using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Tracing;
using KernelSim.Tracing;
using Microsoft.Diagnostics.NETCore.Client;

namespace KernelSim.TraceAnalysis.Recording;

/// <summary>An EventPipe session of this process, through its own diagnostics port, into a file that any trace tool can open.</summary>
internal sealed class EventPipeRecorder : TraceRecorder
{
    /// <summary>Buffer in MiB for events that have not been written to the file; the runtime drops events when it is full, and counts them.</summary>
    private const int BufferMiB = 64;

    private readonly bool _keep;
    private readonly bool _isNew;
    private readonly EventPipeSession _session;
    private readonly Thread _writer;
    private Exception? _writeError;
    private bool _stopped;

    private EventPipeRecorder(string path, bool keep, bool isNew, FileStream file, EventPipeSession session)
    {
        Path = path;
        _keep = keep;
        _isNew = isNew;
        _session = session;
        _writer = new Thread(() => Drain(file)) { IsBackground = true, Name = "trace writer" };
        _writer.Start();
    }

    public override string Path { get; }

    /// <summary>Starts a session.</summary>
    /// <param name="path">Path of the file to keep; null for a temporary one.</param>
    /// <param name="recorder">The recorder on success.</param>
    /// <param name="reason">Why this process cannot be recorded this way, on failure.</param>
    public static bool TryStart(
        string? path, [NotNullWhen(true)] out EventPipeRecorder? recorder, [NotNullWhen(false)] out string? reason)
    {
        string target = path ?? System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"kernelsim-{Guid.NewGuid():N}.nettrace");
        EventPipeProvider[] providers =
        [
            .. Providers.Select(p => new EventPipeProvider(p.Name, EventLevel.Verbose, (long)KernelEventSource.AllButInstructions)),
        ];
        EventPipeSession session;
        try
        {
            EventPipeSessionConfiguration plain = new(providers, BufferMiB, requestRundown: false, requestStackwalk: false);
            session = new DiagnosticsClient(Environment.ProcessId).StartEventPipeSession(plain);
        }
        catch (Exception e) when (e is ServerNotAvailableException or TimeoutException or DiagnosticsClientException or IOException)
        {
            recorder = null;
            reason = Environment.GetEnvironmentVariable("DOTNET_EnableDiagnostics") == "0"
                ? "the runtime's diagnostics port is off (DOTNET_EnableDiagnostics=0)"
                : $"the runtime's diagnostics port does not answer, is {System.IO.Path.GetTempPath()} writable? "
                    + $"({e.Message.Split(". ", 2)[0].TrimEnd('.')})";
            return false;
        }

        try
        {
            bool isNew = !File.Exists(target);
            recorder = new EventPipeRecorder(target, keep: path is not null, isNew, File.Create(target), session);
            reason = null;
            return true;
        }
        catch (Exception e) when (path is null && e is IOException or UnauthorizedAccessException)
        {
            // Nobody asked for a file. There is no room for a temporary one.
            session.Dispose();
            recorder = null;
            reason = $"no file can be made in {System.IO.Path.GetTempPath()}";
            return false;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    public override TraceLog Stop()
    {
        End();
        return _writeError is null ? TraceReader.Read(Path) : throw new IOException(_writeError.Message, _writeError);
    }

    public override void Dispose()
    {
        End();
        _session.Dispose();
        // Half a trace is none. A file that was there before may be a device.
        if (!_keep || (_isNew && _writeError is not null))
        {
            File.Delete(Path);
        }
    }

    private void End()
    {
        if (_stopped)
        {
            return;
        }

        _stopped = true;
        _session.Stop();
        _writer.Join();
    }

    /// <summary>Runs on the writer thread until the session ends: a session whose stream is not read loses events.</summary>
    private void Drain(FileStream file)
    {
        try
        {
            using (file)
            {
                _session.EventStream.CopyTo(file);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            _writeError = e;
            DropTheRest();
        }
    }

    /// <summary>A session cannot be stopped while the runtime waits for its events to be read.</summary>
    private void DropTheRest()
    {
        try
        {
            _session.EventStream.CopyTo(Stream.Null);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It has ended.
        }
    }
}
