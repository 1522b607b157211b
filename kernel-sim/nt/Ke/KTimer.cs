namespace KernelSim.Nt.Ke;

/// <summary>A timer, KTIMER: queues a DPC when it is due. It follows the machine's time, see <see cref="KernelClock"/>.</summary>
public sealed class KTimer
{
    private readonly Machine _machine;
    private Setting? _setting;

    /// <summary>Creates a timer that is not set.</summary>
    public KTimer(Machine machine)
    {
        ArgumentNullException.ThrowIfNull(machine);
        _machine = machine;
    }

    /// <summary>Whether it is set and has not fired.</summary>
    public bool IsSet => Volatile.Read(ref _setting) is { IsOver: false };

    /// <summary>Sets it: <c>KeSetTimer</c>. True if it was already set; it is then set again.</summary>
    /// <param name="dueTime">Time from now; not negative.</param>
    /// <param name="dpc">The DPC to queue when the timer is due.</param>
    /// <param name="processor">The processor to queue it to.</param>
    public bool Set(TimeSpan dueTime, KDpc dpc, int processor) => Set(dueTime, TimeSpan.Zero, dpc, processor);

    /// <summary>Sets it to fire periodically: <c>KeSetTimerEx</c>.</summary>
    /// <param name="dueTime">Time from now to the first firing; not negative.</param>
    /// <param name="period">Time from one firing to the next; zero fires once.</param>
    /// <param name="dpc">Queued when the time has come.</param>
    /// <param name="processor">The processor it is queued to.</param>
    public bool Set(TimeSpan dueTime, TimeSpan period, KDpc dpc, int processor)
    {
        ArgumentNullException.ThrowIfNull(dpc);
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, TimeSpan.Zero);
        _machine.ProcessorAt(processor);
        Setting setting = new(_machine, dpc, processor, (ulong)period.Ticks);
        bool wasSet = End(Interlocked.Exchange(ref _setting, setting));
        _machine.Clock.Add(setting, (ulong)dueTime.Ticks);
        return wasSet;
    }

    /// <summary>Cancels it: true if it had not fired.</summary>
    public bool Cancel() => End(Interlocked.Exchange(ref _setting, null));

    private bool End(Setting? setting)
    {
        bool ended = setting?.End() ?? false;
        if (ended)
        {
            _machine.Clock.Remove(setting!);
        }

        return ended;
    }

    /// <summary>One call of Set, until it has fired for the last time or is cancelled.</summary>
    internal sealed class Setting(Machine machine, KDpc dpc, int processor, ulong period)
    {
        private int _over;

        /// <summary>The interrupt time at which it is due; guarded by the clock's lock.</summary>
        public ulong Due { get; set; }

        public bool IsOver => Volatile.Read(ref _over) != 0;

        /// <summary>Ends it: true for the caller that did.</summary>
        public bool End() => Interlocked.Exchange(ref _over, 1) == 0;

        public void Fire(KeThread current)
        {
            if (period == 0)
            {
                if (End())
                {
                    dpc.Insert(current, processor);
                }
            }
            else if (!IsOver)
            {
                machine.Clock.Add(this, period);
                dpc.Insert(current, processor);
            }
        }
    }
}
