namespace KernelSim.Nt.Ke;

/// <summary>The machine's time. It moves by <see cref="Advance"/> and by a fixed step with every system call; timers fire as it moves.</summary>
public sealed class KernelClock
{
    /// <summary>Time since boot in 100 ns units: <c>KeQueryInterruptTime</c>.</summary>
    public ulong InterruptTime => throw null!;

    /// <summary>Moves time on, firing due timers in order.</summary>
    public void Advance(TimeSpan by) => throw null!;
}
