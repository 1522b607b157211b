using KernelSim.Bytecode;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode.Calls;

/// <summary>The state of a library loaded into one process, as far as calls share it.</summary>
internal sealed class LibraryState(ISystemGate gate, LibraryTraits traits)
{
    /// <summary>The process's gate to its machine.</summary>
    public ISystemGate Gate => gate;

    /// <summary>The behaviour of the library's version.</summary>
    public LibraryTraits Traits => traits;

    /// <summary>Whether the library loads native modules only.</summary>
    public bool IsNativeOnly { get; set; }

    /// <summary>Whether the library opens object files of the host.</summary>
    public bool ReadsHostFiles { get; set; } = true;

    /// <summary>Where the source lines of loaded programs go; null if nobody wants them.</summary>
    public ProgramSymbols? Symbols { get; set; }

    /// <summary>The process's open descriptors.</summary>
    public DescriptorTable Descriptors { get; } = new();

    /// <summary>The mapped rings, and the events of their managers.</summary>
    public RingTable Rings { get; } = new();
}
