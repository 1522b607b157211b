using KernelSim.Bytecode;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>A program of instructions on its way into the kernel: <c>ebpf_program_load_info</c>.</summary>
/// <param name="Type">GUID of the program type.</param>
/// <param name="File">Name of the object that it is from.</param>
/// <param name="Section">Name of its section there.</param>
/// <param name="Name">Name of the program.</param>
/// <param name="Instructions">The instructions. Where one loads a map, or the address of a map's value, it names the map by its place below.</param>
/// <param name="Maps">The maps that the instructions name.</param>
internal sealed record ProgramToLoad(
    Guid Type, string File, string Section, string Name, BpfInstruction[] Instructions, IReadOnlyList<LoadedMap> Maps)
{
    /// <summary>How it is to run.</summary>
    public EbpfExecutionType Execution { get; init; }

    /// <summary>What is known of its source.</summary>
    public ProgramSource Source { get; init; } = ProgramSource.None;
}

/// <summary>A map that a program's instructions name.</summary>
/// <param name="Handle">Its handle.</param>
/// <param name="IsReadOnly">Whether programs may only read its value.</param>
internal readonly record struct LoadedMap(NtHandle Handle, bool IsReadOnly = false)
{
    /// <summary>The descriptor by which the instructions name it, if that has no handle; null if it has one.</summary>
    public int? MissingDescriptor { get; init; }
}
