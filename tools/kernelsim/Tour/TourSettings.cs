using KernelSim.Tool.CommandLine;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour;

/// <summary>What the user of the tour asked for.</summary>
internal sealed record TourSettings
{
    /// <summary>The machine.</summary>
    public MachineSettings Machine { get; init; } = new();

    /// <summary>Only the chapters of this library; null for all of them.</summary>
    public LibraryVersion? OnlyLibrary { get; init; }

    /// <summary>Where to keep the recorded trace; null not to.</summary>
    public string? TraceFile { get; init; }

    /// <summary>Where to keep the story as a page; null not to.</summary>
    public string? HtmlFile { get; init; }

    /// <summary>
    /// Requests of this tour are numbered from here, so that tours side by side in one host process find their own events in the recording.
    /// </summary>
    public ulong RequestIdBase { get; init; }
}
