namespace KernelSim.Nt.Tests;

/// <summary>For tests of what stops a machine.</summary>
internal static class Stop
{
    /// <summary>Runs code that has to stop the machine, and says how it stopped.</summary>
    public static BugcheckRecord By(Machine machine, Action code)
    {
        BugcheckException stop = Assert.Throws<BugcheckException>(code);
        Assert.Same(machine.StopRecord, stop.Record);
        return stop.Record;
    }
}
