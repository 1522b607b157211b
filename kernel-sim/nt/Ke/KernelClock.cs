namespace KernelSim.Nt.Ke;

/// <summary>The machine's time. It moves by <see cref="Advance"/> and by a fixed step with every system call; timers fire as it moves.</summary>
public sealed class KernelClock
{
    /// <summary>How far one system call advances time: 1 microsecond, in 100 ns units.</summary>
    internal const ulong SystemCallStep = 10;

    private const ulong BootTime = 133_801_632_000_000_000; // 2025-01-01T00:00:00Z as a FILETIME
    private const ulong Never = ulong.MaxValue;

    private readonly Machine _machine;
    private readonly PriorityQueue<KTimer.Setting, (ulong Due, ulong Order)> _settings = new();
    private readonly Lock _lock = new();
    private ulong _now;
    private ulong _nextDue = Never;
    private ulong _order;

    internal KernelClock(Machine machine)
    {
        _machine = machine;
    }

    /// <summary>Time since boot in 100 ns units: <c>KeQueryInterruptTime</c>.</summary>
    public ulong InterruptTime => Volatile.Read(ref _now);

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
        if (Interlocked.Add(ref _now, SystemCallStep) >= Volatile.Read(ref _nextDue))
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
            _settings.Enqueue(setting, (due < now ? Never - 1 : due, _order++));
            UpdateNextDue();
        }
    }

    /// <summary>Removes a setting that ended before its due time.</summary>
    internal void Remove(KTimer.Setting setting)
    {
        lock (_lock)
        {
            _settings.Remove(setting, out _, out _);
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
        ulong now = InterruptTime;
        while (now < moment)
        {
            ulong seen = Interlocked.CompareExchange(ref _now, moment, now);
            if (seen == now)
            {
                return;
            }

            now = seen;
        }
    }

    private KTimer.Setting? TakeDue(ulong end)
    {
        lock (_lock)
        {
            if (!_settings.TryPeek(out KTimer.Setting? setting, out (ulong Due, ulong Order) key) || key.Due > end)
            {
                return null;
            }

            _settings.Dequeue();
            Reach(key.Due);
            UpdateNextDue();
            return setting;
        }
    }

    private void UpdateNextDue() =>
        Volatile.Write(ref _nextDue, _settings.TryPeek(out _, out (ulong Due, ulong Order) key) ? key.Due : Never);
}
