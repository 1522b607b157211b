using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>A lab script to run, and the machine for it.</summary>
/// <param name="Lines">The script's lines.</param>
internal sealed record ScriptInput(IReadOnlyList<string> Lines)
{
    /// <summary>Possible processors.</summary>
    public int Cpus { get; init; } = 4;

    /// <summary>Seed of the machine.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The heap of the script's process.</summary>
    public HeapMode Heap { get; init; } = HeapMode.Guarded;

    /// <summary>The library that marshals its calls.</summary>
    public LibraryVersion Library { get; init; } = LibraryVersion.Checked;
}
