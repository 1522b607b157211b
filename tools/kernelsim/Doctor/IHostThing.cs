namespace KernelSim.Tool.Doctor;

/// <summary>A thing of the host that KernelSim, its tests or its benchmarks make use of: one file, and one row in <see cref="HostThings"/>.</summary>
internal interface IHostThing
{
    /// <summary>Its name in JSON, which stays.</summary>
    string Id { get; }

    /// <summary>Its name for people, of at most 15 characters.</summary>
    string Name { get; }

    /// <summary>Whether a verb of the tool needs it. Where it is missing, <c>doctor</c> fails.</summary>
    bool IsNeeded => false;

    /// <summary>Looks at the host, and leaves it as it was.</summary>
    Finding Look(HostView host);
}
