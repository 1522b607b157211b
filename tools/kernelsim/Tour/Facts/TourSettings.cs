using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Facts;

/// <summary>The user's settings for the tour.</summary>
internal sealed record TourSettings
{
    /// <summary>The requested machine.</summary>
    public MachineSettings Machine { get; init; } = new();

    /// <summary>The only library whose chapters to show; null for all.</summary>
    public LibraryVersion? OnlyLibrary { get; init; }

    /// <summary>What the program is written in.</summary>
    public TourProgram Program { get; init; }

    /// <summary>Path for the recorded trace; null to discard it.</summary>
    public string? TraceFile { get; init; }

    /// <summary>Path for the story as a page; null for none.</summary>
    public string? HtmlFile { get; init; }

    /// <summary>
    /// Base of this tour's request ids, so that tours that run in one host process find their own events in the recording.
    /// </summary>
    public ulong RequestIdBase { get; init; }
}
