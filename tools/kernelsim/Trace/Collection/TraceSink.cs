using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>
/// Takes the events of one program to a file, which it takes when the first event comes: programs that have nothing to say need none.
/// </summary>
/// <param name="files">Where the file comes from.</param>
/// <param name="providers">What was asked for.</param>
/// <param name="counts">Whether events are counted as they come.</param>
internal sealed class TraceSink(RecordingFiles files, IReadOnlyList<ProviderRequest> providers, bool counts) : IDisposable
{
    /// <summary>More than a stream without events begins with.</summary>
    private const int MostHeldBack = 1 << 20;

    private readonly ProviderScan _scan = new(providers);
    private readonly MemoryStream _heldBack = new();
    private readonly LiveCounter? _counter = counts ? new LiveCounter() : null;
    private Stream? _file;
    private string? _path;

    /// <summary>The program; null for one that ran already.</summary>
    public RuntimeSession? Session { get; init; }

    /// <summary>The file; null when it has taken none.</summary>
    public string? Path => _path;

    /// <summary>Why there is no file for it although it had events; null when all is well.</summary>
    public string? Refusal { get; private set; }

    /// <summary>The place of its file among those of the recording, from 1.</summary>
    public int Order { get; private set; }

    /// <summary>Bytes that went to the file.</summary>
    public long Bytes { get; private set; }

    /// <summary>The requested providers that the stream has events of.</summary>
    public IReadOnlyList<string> Heard => _scan.Heard;

    /// <summary>What has been counted so far; null when nothing is counted.</summary>
    public LiveCounter? Counter => _counter;

    /// <summary>Takes all events of a stream.</summary>
    /// <param name="events">The stream, read to its end.</param>
    /// <param name="progress">Told after each block.</param>
    /// <exception cref="IOException">The file takes no more.</exception>
    public void Drain(Stream events, Action progress)
    {
        byte[] buffer = new byte[1 << 16];
        for (int length; (length = Read(events, buffer)) > 0;)
        {
            Add(buffer.AsSpan(0, length));
            progress();
        }

        _counter?.Finish();
    }

    /// <summary>Closes the file: nothing comes any more.</summary>
    public void Close() => _file?.Dispose();

    /// <summary>Takes a file now, whether events have come or not.</summary>
    /// <exception cref="IOException">The file takes nothing.</exception>
    public void Settle()
    {
        if (_path is null)
        {
            TakeFile();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _counter?.Dispose();
        _heldBack.Dispose();
    }

    /// <summary>A process that is killed takes its end of the stream with it.</summary>
    private static int Read(Stream events, byte[] buffer)
    {
        try
        {
            return events.Read(buffer, 0, buffer.Length);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }

    private void Add(ReadOnlySpan<byte> bytes)
    {
        _scan.Add(bytes);
        _counter?.Offer(bytes);
        if (_file is null && Refusal is null)
        {
            _heldBack.Write(bytes);
            if (_scan.Heard.Count > 0 || _heldBack.Length > MostHeldBack)
            {
                if (Session is not null)
                {
                    Session.HasEvents = true;
                }

                TakeFile();
            }
        }
        else
        {
            Write(bytes);
        }
    }

    private void TakeFile()
    {
        _file = files.Take(out string path, out int order);
        if (_file is null)
        {
            Refusal = $"'{path}' takes one program only";
            return;
        }

        (_path, Order) = (path, order);
        Write(_heldBack.GetBuffer().AsSpan(0, (int)_heldBack.Length));
        _heldBack.SetLength(0);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_file is not null)
        {
            _file.Write(bytes);
            Bytes += bytes.Length;
        }
    }
}
