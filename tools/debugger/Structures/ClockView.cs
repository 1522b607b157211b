using KernelSim.Debugger.Targets;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Structures;

/// <summary>A machine's time and its timers.</summary>
/// <param name="clock">The <see cref="KernelClock"/>.</param>
internal sealed class ClockView(ITargetObject clock)
{
    private static readonly KernelField s_advanced = KernelField.Of<KernelClock>("_advanced");
    private static readonly KernelField s_steps = KernelField.Of<KernelClock>("_steps");
    private static readonly KernelField s_count = KernelField.Nested<KernelClock>("ThreadSteps", "Count");
    private static readonly KernelField s_settings = KernelField.Of<KernelClock>("_settings");
    private static readonly KernelField s_due = KernelField.Property<KTimer.Setting>(nameof(KTimer.Setting.Due));
    private static readonly KernelField s_dpc = KernelField.Parameter<KTimer.Setting>("dpc");
    private static readonly KernelField s_processor = KernelField.Parameter<KTimer.Setting>("processor");
    private static readonly KernelField s_period = KernelField.Parameter<KTimer.Setting>("period");
    private static readonly KernelField s_over = KernelField.Of<KTimer.Setting>("_over");

    /// <summary>Time since boot in 100 ns units.</summary>
    public ulong InterruptTime
    {
        get
        {
            ITargetArray steps = clock.Array(s_steps);
            ulong now = clock.Pointer(s_advanced);
            for (int i = 0; i < steps.Length; i++)
            {
                now += KernelClock.SystemCallStep * steps.StructAt(i).Pointer(s_count);
            }

            return now;
        }
    }

    /// <summary>The timers that are set, the next due first.</summary>
    public IEnumerable<TimerView> Timers => clock.List(s_settings)
        .Where(s => !s.Flag(s_over))
        .Select(s => new TimerView(
            s.Address, s.Pointer(s_due), s.Pointer(s_period), (int)s.Integer(s_processor), new DpcView(s.Required(s_dpc))));
}

/// <summary>A timer that is set.</summary>
/// <param name="Address">Where it is.</param>
/// <param name="Due">The interrupt time at which it fires.</param>
/// <param name="Period">From one firing to the next, in 100 ns; 0 if it fires once.</param>
/// <param name="Processor">The processor that its DPC is queued to.</param>
/// <param name="Dpc">The DPC that it queues.</param>
internal readonly record struct TimerView(ulong Address, ulong Due, ulong Period, int Processor, DpcView Dpc);
