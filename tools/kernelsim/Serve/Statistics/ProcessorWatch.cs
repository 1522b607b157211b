using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.Tool.Serve.Statistics;

/// <summary>
/// Looks at the processors a hundred times a second, from a thread of its own: the machine does nothing for it. How often a thread was in the
/// kernel on a processor, of all the times that somebody looked, is the processor's load.
/// </summary>
internal sealed class ProcessorWatch : IDisposable
{
    private static readonly TimeSpan s_period = TimeSpan.FromMilliseconds(10);

    private readonly Machine _machine;
    private readonly Lock _lock = new();
    private readonly ProcessorSamples[] _samples;
    private readonly Timer _timer;

    /// <summary>Starts to look.</summary>
    public ProcessorWatch(Machine machine)
    {
        _machine = machine;
        _samples = [.. machine.Processors.Select(p => new ProcessorSamples(p.Number, 0, 0, 0, Irql.Passive))];
        _timer = new Timer(_ => Sample(), null, TimeSpan.Zero, s_period);
    }

    /// <summary>What was seen so far. The highest IRQL is that since the last time that this was asked.</summary>
    public ProcessorSamples[] Take()
    {
        lock (_lock)
        {
            ProcessorSamples[] taken = [.. _samples];
            for (int i = 0; i < _samples.Length; i++)
            {
                _samples[i] = _samples[i] with { Irql = Irql.Passive };
            }

            return taken;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Sample()
    {
        IReadOnlyList<ProcessorState> states = _machine.ReadProcessors();
        lock (_lock)
        {
            foreach (ProcessorState state in states)
            {
                _samples[state.Number] = _samples[state.Number].With(state);
            }
        }
    }
}

/// <summary>What was seen of a processor.</summary>
/// <param name="Number">The processor's number, from 0.</param>
/// <param name="Samples">How often it was looked at.</param>
/// <param name="Busy">How often a thread was in the kernel on it.</param>
/// <param name="Threads">How many threads were, the last time.</param>
/// <param name="Irql">The highest level seen.</param>
internal readonly record struct ProcessorSamples(int Number, long Samples, long Busy, int Threads, Irql Irql)
{
    /// <summary>With one look more.</summary>
    public ProcessorSamples With(ProcessorState state) => new(
        Number, Samples + 1, Busy + (state.Threads > 0 ? 1 : 0), state.Threads, state.Irql > Irql ? state.Irql : Irql);
}
