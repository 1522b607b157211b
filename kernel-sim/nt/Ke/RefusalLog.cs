using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ke;

/// <summary>The last refusals by request id. Bounded: a refusal that is never queried is overwritten 1,024 requests later.</summary>
internal sealed class RefusalLog
{
    private const int Slots = 1024;

    private readonly Entry[] _entries = new Entry[Slots];
    private HostSpinLock _lock = new(LockRank.RefusalLog);

    public void Remember(IKernelProcess? process, ulong requestId, CheckRefusal refusal)
    {
        if (process is null || requestId == 0)
        {
            return;
        }

        _lock.Enter();
        _entries[requestId % Slots] = new Entry(process.Id, requestId, refusal);
        _lock.Exit();
    }

    /// <summary>Adds the element of a batch to a recorded refusal. False if none is recorded.</summary>
    public bool TryMark(IKernelProcess? process, ulong requestId, long element)
    {
        if (process is null || requestId == 0)
        {
            return false;
        }

        _lock.Enter();
        ref Entry entry = ref _entries[requestId % Slots];
        bool found = entry.RequestId == requestId && entry.ProcessId == process.Id && entry.Refusal.Element < 0;
        if (found)
        {
            entry = entry with { Refusal = entry.Refusal with { Element = element } };
        }

        _lock.Exit();
        return found;
    }

    public bool TryGet(IKernelProcess process, ulong requestId, out CheckRefusal refusal)
    {
        _lock.Enter();
        Entry entry = _entries[requestId % Slots];
        _lock.Exit();
        refusal = entry.Refusal;
        return requestId != 0 && entry.RequestId == requestId && entry.ProcessId == process.Id;
    }

    private readonly record struct Entry(int ProcessId, ulong RequestId, CheckRefusal Refusal);
}
