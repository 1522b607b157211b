using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceAnalysis.Losses;

namespace KernelSim.Tool.Trace;

/// <summary>
/// The trace that a verb reads, once or more often: a file, a pipe, or <c>-</c> for standard input. What can be read only once is kept in a
/// temporary file for the next time.
/// </summary>
/// <param name="console">Where progress and damage are told.</param>
/// <param name="path">What was named.</param>
/// <param name="isReadAgain">Whether the verb reads it more than once.</param>
internal sealed class TraceInput(ToolConsole console, string path, bool isReadAgain = false) : IDisposable
{
    private const string StandardInput = "-";

    /// <summary>How long opening a pipe waits for a writer.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private FileStream? _kept;

    /// <summary>Reads it event by event.</summary>
    /// <param name="take">Takes each event.</param>
    /// <param name="totals">What is known at the end.</param>
    /// <returns>Why it cannot be read; null when it was, or was as far as it goes.</returns>
    public Failure? Stream(Action<TracedEvent> take, out TraceTotals totals)
    {
        totals = new TraceTotals(0, 0);
        bool taking = false;
        long events = 0;
        void Take(TracedEvent e)
        {
            events++;
            taking = true;
            take(e);
            taking = false;
        }

        using IDisposable? progress = console.Progress(
            () => $"reading {(path == StandardInput ? "standard input" : Path.GetFileName(path))}: {events} events");
        try
        {
            totals = Read(Take);
            return null;
        }
        catch (InvalidDataException e)
        {
            return new Failure($"'{path}' given, expected {TraceFile.Expectation}: {e.Message}");
        }
        catch (TimeoutException)
        {
            return new Failure(
                $"'{path}' given, expected {TraceFile.Expectation}: a pipe that nobody opened for writing within {s_patience.TotalSeconds} s");
        }
        catch (Exception e) when (!taking && Failure.FromHost(path, TraceFile.Expectation, e) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>The failure of an output that would overwrite the trace, through a link or not; null for any other.</summary>
    public Failure? Clash(string? output, string expected)
    {
        string file = path == StandardInput && !OperatingSystem.IsWindows() ? "/dev/stdin" : path;
        return File.Exists(file) ? OutputFile.Clash(output, file, "the trace to read", expected) : null;
    }

    /// <summary>The failure of a trace that holds events, none of which is KernelSim's; null for any other.</summary>
    public Failure? Foreign(LossReport losses) =>
        losses.IsForeign ? new Failure($"'{path}' given, expected a trace of a program that uses KernelSim: {losses}") : null;

    /// <summary>Says on stderr that the trace is damaged, after what comes before the damage has been told.</summary>
    /// <returns>The exit code of a verb that has nothing else to complain about.</returns>
    public int Conclude(LossReport losses)
    {
        if (losses.Damage is not { } damage)
        {
            return ExitCode.Done;
        }

        console.Note(
            $"'{path}' given, expected {TraceFile.Expectation}: damaged at {damage}; read so far: {losses.Events} events");
        return ExitCode.Failed;
    }

    /// <inheritdoc/>
    public void Dispose() => _kept?.Dispose();

    private TraceTotals Read(Action<TracedEvent> take)
    {
        if (_kept is not null)
        {
            _kept.Position = 0;
            return TraceReader.Stream(_kept, take);
        }

        if (path != StandardInput)
        {
            using FileStream file = Open();
            if (file.CanSeek)
            {
                return TraceReader.Stream(path, take);
            }

            return ReadOnce(file, take);
        }

        if (!Console.IsInputRedirected)
        {
            throw new InvalidDataException("standard input is a terminal");
        }

        using Stream input = StandardStreams.OpenInput();
        return ReadOnce(input, take);
    }

    private TraceTotals ReadOnce(Stream stream, Action<TracedEvent> take)
    {
        if (!isReadAgain)
        {
            return TraceReader.Stream(stream, take);
        }

        _kept = new FileStream(
            Path.Combine(Path.GetTempPath(), $"kernelsim-{Guid.NewGuid():N}.nettrace"),
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.None,
            bufferSize: 0,
            FileOptions.DeleteOnClose);
        return TraceReader.Stream(new TappedStream(stream, _kept.Write), take);
    }

    private FileStream Open()
    {
        // A thread of its own: to wait for one of a busy pool would look like waiting for a writer.
        Task<FileStream> opening = Task.Factory.StartNew(
            () => TraceReader.Open(path), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return Task.WaitAny([opening], s_patience) == 0 ? opening.GetAwaiter().GetResult() : throw new TimeoutException();
    }
}
