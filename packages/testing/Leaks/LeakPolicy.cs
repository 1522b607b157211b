namespace KernelSim.Testing;

/// <summary>Which leaks fail a test.</summary>
public enum LeakPolicy
{
    /// <summary>All: also what a process has left open, although its end closes it.</summary>
    All,

    /// <summary>What is left after all processes have ended and all drivers are unloaded, and what is pinned or referenced then.</summary>
    Kernel,

    /// <summary>None. A bugcheck that the test did not expect still fails it.</summary>
    None,
}
