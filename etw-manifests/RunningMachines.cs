using System.Diagnostics.Metrics;
using System.Runtime.InteropServices;

namespace KernelSim.Tracing;

/// <summary>
/// The machines of the host process that have booted and not shut down, and the sums of what they hold. A machine that was forgotten without a
/// shutdown is not kept alive, and no longer counts once it has been collected.
/// </summary>
internal sealed class RunningMachines
{
    private readonly Lock _lock = new();
    private readonly List<WeakReference<IMeteredMachine>> _machines = [];

    // All tags that were ever read: a listener takes a tag that is missing as one that did not change.
    private readonly Dictionary<string, long> _pool = [];

    public void Add(IMeteredMachine machine)
    {
        lock (_lock)
        {
            _machines.RemoveAll(static m => !m.TryGetTarget(out _));
            _machines.Add(new WeakReference<IMeteredMachine>(machine));
        }
    }

    /// <summary>Removes a machine. Waits for a listener that is reading it.</summary>
    public void Remove(IMeteredMachine machine)
    {
        lock (_lock)
        {
            _machines.RemoveAll(m => !m.TryGetTarget(out IMeteredMachine? other) || ReferenceEquals(other, machine));
        }
    }

    public int Count()
    {
        lock (_lock)
        {
            return _machines.Count(static m => m.TryGetTarget(out _));
        }
    }

    /// <summary>Pool in use by tag. The listener's code runs after this has returned, without the lock.</summary>
    public Measurement<long>[] ReadPool()
    {
        lock (_lock)
        {
            foreach (string tag in _pool.Keys)
            {
                _pool[tag] = 0;
            }

            foreach (WeakReference<IMeteredMachine> reference in _machines)
            {
                if (reference.TryGetTarget(out IMeteredMachine? machine))
                {
                    machine.ReadPool((tag, bytes) => CollectionsMarshal.GetValueRefOrAddDefault(_pool, tag, out _) += bytes);
                }
            }

            return [.. _pool.Select(static p => new Measurement<long>(p.Value, new KeyValuePair<string, object?>("tag", p.Key)))];
        }
    }
}
