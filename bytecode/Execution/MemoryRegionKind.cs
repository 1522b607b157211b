namespace KernelSim.Bytecode;

/// <summary>What the memory is that a program reaches.</summary>
public enum MemoryRegionKind : byte
{
    /// <summary>None.</summary>
    None,

    /// <summary>The program's stack: 512 bytes for each call in progress.</summary>
    Stack,

    /// <summary>The context that R1 points to.</summary>
    Context,

    /// <summary>The data that the context points to, such as a packet.</summary>
    Packet,

    /// <summary>A value of a map.</summary>
    MapValue,

    /// <summary>A record that was reserved in a ring buffer.</summary>
    RingRecord,

    /// <summary>Memory of another kind.</summary>
    Memory,
}
