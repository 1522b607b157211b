using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Nt.Ke;

/// <summary>The machine's time. It moves by <see cref="Advance"/> and by a fixed step with every system call; timers fire as it moves.</summary>
public sealed class KernelClock
{
    /// <summary>How far one system call advances time: 1 microsecond, in 100 ns units.</summary>
    internal const ulong SystemCallStep = 10;

    private const ulong BootTime = 133_801_632_000_000_000; // 2025-01-01T00:00:00Z as a FILETIME
    private const ulong Never = ulong.MaxValue;

    private readonly Machine _machine;

    // The steps of system calls, by the thread's slot. Time is their sum, on top of what Advance has added.
    private readonly ThreadSteps[] _steps = new ThreadSteps[ThreadSlots.Count];

    // The timers that are set, in the order in which they are due.
    private readonly List<KTimer.Setting> _settings = [];
    private readonly Lock _lock = new();
    private ulong _advanced;
    private ulong _nextDue = Never;

    internal KernelClock(Machine machine)
    {
        _machine = machine;
    }

    /// <summary>Time since boot in 100 ns units: <c>KeQueryInterruptTime</c>.</summary>
    public ulong InterruptTime
    {
        get
        {
            ulong now = Volatile.Read(ref _advanced);
            int used = _machine.ThreadSlots.Used;
            for (int i = 0; i < used; i++)
            {
                now += SystemCallStep * (ulong)Volatile.Read(ref _steps[i].Count);
            }

            return now;
        }
    }

    /// <summary>The time of day in 100 ns since 1601: <c>KeQuerySystemTime</c>. Every machine boots at the start of 2025, UTC.</summary>
    public ulong SystemTime => BootTime + InterruptTime;

    /// <summary>Advances time, firing due timers in order. When called from outside the kernel, queued work items run before it returns.</summary>
    public void Advance(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(by), by, $"{by} was given; time does not move backwards.");
        }

        using KernelScope scope = _machine.EnterKernel();
        Move(scope.Thread, (ulong)by.Ticks);
    }

    /// <summary>Advances time by one system call's step.</summary>
    internal void Step(KeThread current)
    {
        int slot = current.Slot;
        ref ThreadSteps here = ref _steps[slot];
        long count;
        if (slot == ThreadSlots.Shared)
        {
            count = Interlocked.Increment(ref here.Count);
        }
        else
        {
            count = here.Count + 1;
            Volatile.Write(ref here.Count, count);
        }

        ulong due = Volatile.Read(ref _nextDue);
        if (due != Never && (count >= Volatile.Read(ref here.CheckAt) || Volatile.Read(ref here.CheckFor) != due) && IsDue(ref here))
        {
            Move(current, 0);
        }
    }

    internal void Add(KTimer.Setting setting, ulong after)
    {
        lock (_lock)
        {
            ulong now = InterruptTime;
            ulong due = now + after;
            setting.Due = due < now ? Never - 1 : due;
            _settings.Insert(IndexAfter(setting.Due), setting);
            UpdateNextDue();
        }
    }

    /// <summary>Removes a setting that ended before its due time.</summary>
    internal void Remove(KTimer.Setting setting)
    {
        lock (_lock)
        {
            _settings.Remove(setting);
            UpdateNextDue();
        }
    }

    private void Move(KeThread current, ulong by)
    {
        ulong end = InterruptTime + by;
        while (TakeDue(end) is { } setting)
        {
            setting.Fire(current);
        }

        Reach(end);
    }

    /// <summary>Advances time to a moment unless it is past it. System calls step it meanwhile, without the lock: no step is lost.</summary>
    private void Reach(ulong moment)
    {
        lock (_lock)
        {
            ulong now = InterruptTime;
            if (now < moment)
            {
                Volatile.Write(ref _advanced, _advanced + (moment - now));
                AskAgain(_steps.AsSpan(0, _machine.ThreadSlots.Used));
            }
        }
    }

    /// <summary>
    /// Whether the next timer is due. If not, decides how many steps of this thread may go by before it asks again: its share of those that are
    /// left and that no other thread has been given, so that the timer is not late when all use up theirs. When hardly any are left, the others,
    /// which may be idle, lose theirs and must ask again.
    /// </summary>
    private bool IsDue(ref ThreadSteps here)
    {
        lock (_lock)
        {
            ulong now = InterruptTime;
            if (_nextDue <= now)
            {
                return true;
            }

            Span<ThreadSteps> all = _steps.AsSpan(0, _machine.ThreadSlots.Used);
            long left = (long)((_nextDue - now) / SystemCallStep);
            long threads = Math.Max(all.Length, _machine.Options.Processors);
            long given = 0;
            foreach (ref ThreadSteps steps in all)
            {
                if (!Unsafe.AreSame(ref steps, ref here) && Volatile.Read(ref steps.CheckFor) == _nextDue)
                {
                    given += Math.Max(Volatile.Read(ref steps.CheckAt) - Volatile.Read(ref steps.Count), 0);
                }
            }

            if (left - given < threads)
            {
                AskAgain(all);
                given = 0;
            }

            Volatile.Write(ref here.CheckAt, Volatile.Read(ref here.Count) + Math.Max((left - given) / threads, 1));
            Volatile.Write(ref here.CheckFor, _nextDue);
            return false;
        }
    }

    /// <summary>Takes back the shares of threads: each compares the time at its next step.</summary>
    private static void AskAgain(Span<ThreadSteps> all)
    {
        foreach (ref ThreadSteps steps in all)
        {
            Volatile.Write(ref steps.CheckFor, 0);
        }
    }

    private KTimer.Setting? TakeDue(ulong end)
    {
        lock (_lock)
        {
            if (_settings.Count == 0 || _settings[0].Due > end)
            {
                return null;
            }

            KTimer.Setting setting = _settings[0];
            _settings.RemoveAt(0);
            Reach(setting.Due);
            UpdateNextDue();
            return setting;
        }
    }

    private void UpdateNextDue() => Volatile.Write(ref _nextDue, _settings.Count > 0 ? _settings[0].Due : Never);

    /// <summary>Where a setting comes that is due then: after those that are due at the same time.</summary>
    private int IndexAfter(ulong due)
    {
        int low = 0;
        int high = _settings.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = _settings[middle].Due <= due ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>
    /// The steps made by one thread, and at which of them, for the sake of which timer, the time is next compared. Padded, at its start too: the
    /// array's length, which everybody reads, lies before the first.
    /// </summary>
    [StructLayout(LayoutKind.Explicit, Size = CacheLinePad.Bytes)]
    private struct ThreadSteps
    {
        [FieldOffset(64)]
        public long Count;

        [FieldOffset(72)]
        public long CheckAt;

        [FieldOffset(80)]
        public ulong CheckFor;
    }
}
