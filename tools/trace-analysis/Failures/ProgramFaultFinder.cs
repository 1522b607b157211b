using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>
/// Finds the first program that stopped its machine, while the trace is read, with the last steps of that run. Memory grows with the number of
/// host threads only: a run stays on its thread.
/// </summary>
public sealed class ProgramFaultFinder
{
    /// <summary>Steps that are kept of the run in progress on each thread.</summary>
    private const int MostSteps = 12;

    private readonly Dictionary<(int Process, long Thread), Queue<TracedEvent>> _runs = [];

    /// <summary>The first fault; null if no program stopped the machine.</summary>
    public ProgramFaultStory? Story { get; private set; }

    /// <summary>Processes the next event.</summary>
    public void Add(TracedEvent e)
    {
        ArgumentNullException.ThrowIfNull(e);
        if (Story is not null)
        {
            return;
        }

        (int, long) thread = (e.Header.HostProcessId, e.Header.HostThreadId);
        switch (e)
        {
            case HelperCallEvent or InstructionEvent or PrintkEvent:
                Keep(thread, e);
                break;
            case ProgramInvokeEvent:
                _runs.Remove(thread);
                break;
            case ProgramFaultEvent fault:
                Story = new ProgramFaultStory(fault, _runs.TryGetValue(thread, out Queue<TracedEvent>? steps) ? [.. steps] : []);
                _runs.Clear();
                break;
        }
    }

    private void Keep((int, long) thread, TracedEvent step)
    {
        if (!_runs.TryGetValue(thread, out Queue<TracedEvent>? steps))
        {
            _runs.Add(thread, steps = new Queue<TracedEvent>(MostSteps));
        }

        if (steps.Count == MostSteps)
        {
            steps.Dequeue();
        }

        steps.Enqueue(step);
    }
}
