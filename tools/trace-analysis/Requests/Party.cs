namespace KernelSim.TraceAnalysis;

/// <summary>The witnesses of the size of an element.</summary>
public enum Party
{
    /// <summary>The program that made the call.</summary>
    Application,

    /// <summary>The user library that marshals.</summary>
    Library,

    /// <summary>The driver behind the gate.</summary>
    Kernel,
}
