using KernelSim.EbpfCore;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Acting;

/// <summary>Who plays an exhibit: the caller, the library and the driver.</summary>
/// <param name="Name">Who they are, as the heading of their play says it.</param>
internal sealed record Cast(string Name)
{
    /// <summary>Version of the library.</summary>
    public LibraryVersion Library { get; init; } = LibraryVersion.Upstream;

    /// <summary>What the library does wrong besides.</summary>
    public LibraryDefects LibraryDefects { get; init; }

    /// <summary>What the driver does wrong.</summary>
    public EbpfCoreDefects DriverDefects { get; init; }

    /// <summary>Whether the calling program makes the mistake.</summary>
    public bool CallerErrs { get; init; }

    /// <summary>The heap that the play needs; null for the user's choice.</summary>
    public HeapMode? Heap { get; init; }
}
