using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// The modules that may attach, by id and by the hash of their files: <c>_ebpf_native_authorized_module_table</c>. An authorisation lasts
/// until a sweep finds that it has expired; using it does not end it.
/// </summary>
internal sealed class NativeAuthorizations
{
    /// <summary>Lifetime of an authorisation: <c>EBPF_NATIVE_AUTHORIZE_MODULE_ENTRY_TIMEOUT_NANOSECONDS</c>.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(10);

    private readonly Machine _machine;
    private readonly Dictionary<Guid, (ModuleHash Hash, ulong Since)> _entries = [];
    private readonly KTimer _timer;
    private readonly KDpc _sweep;
    private KSpinLock _lock = new(CoreLockRanks.NativeAuthorizations);
    private bool _scheduled;

    public NativeAuthorizations(Machine machine)
    {
        _machine = machine;
        _timer = new KTimer(machine);
        _sweep = new KDpc(machine, Sweep);
    }

    /// <summary>Authorises a module, or renews its authorisation: <c>ebpf_native_authorize_module</c>.</summary>
    public void Add(KeThread current, Guid module, in ModuleHash hash)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        _entries[module] = (hash, _machine.Clock.InterruptTime);
        if (!_scheduled)
        {
            ScheduleLocked();
        }
    }

    /// <summary>The hash that a module must have; false if it is not authorised.</summary>
    public bool TryFind(KeThread current, Guid module, out ModuleHash hash)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        bool found = _entries.TryGetValue(module, out (ModuleHash Hash, ulong Since) entry);
        hash = entry.Hash;
        return found;
    }

    /// <summary>Stops the sweeps.</summary>
    public void Stop() => _timer.Cancel();

    /// <summary>A real timer is a little late, so an authorisation that is exactly as old as allowed has expired by then.</summary>
    private void Sweep(KeThread current)
    {
        using SpinLockScope scope = _lock.Acquire(current);
        ulong now = _machine.Clock.InterruptTime;
        foreach ((Guid module, (_, ulong since)) in _entries)
        {
            if (now - since >= (ulong)Lifetime.Ticks)
            {
                _entries.Remove(module);
            }
        }

        _scheduled = false;
        if (_entries.Count != 0)
        {
            ScheduleLocked();
        }
    }

    private void ScheduleLocked()
    {
        _scheduled = true;
        _timer.Set(Lifetime, _sweep, processor: 0);
    }
}
