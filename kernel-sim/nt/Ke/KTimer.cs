namespace KernelSim.Nt.Ke;

/// <summary>A timer, KTIMER: queues a DPC when its time has come.</summary>
public sealed class KTimer
{
    /// <summary>Makes a timer.</summary>
    public KTimer(Machine machine)
    {
    }

    /// <summary>Sets it: <c>KeSetTimer</c>. True when it was set already (and is now set anew).</summary>
    public bool Set(TimeSpan dueTime, KDpc dpc, int processor) => throw null!;

    /// <summary>Cancels it: true when it had not fired.</summary>
    public bool Cancel() => throw null!;
}
