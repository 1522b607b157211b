namespace KernelSim.Tool.Museum.Exhibits;

/// <summary>What the trace cannot say: what was meant and believed, and why it was wrong. No numbers: those come from the run.</summary>
internal sealed record ExhibitWords
{
    /// <summary>What the program meant.</summary>
    public required string Meant { get; init; }

    /// <summary>What the application took for granted.</summary>
    public required string Application { get; init; }

    /// <summary>What the library took for granted.</summary>
    public required string Library { get; init; }

    /// <summary>What the kernel took for granted.</summary>
    public required string Kernel { get; init; }

    /// <summary>Where it went wrong.</summary>
    public required string Wrong { get; init; }

    /// <summary>What corrected it.</summary>
    public required string Fix { get; init; }
}
