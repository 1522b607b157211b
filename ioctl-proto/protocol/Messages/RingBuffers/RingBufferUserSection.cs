namespace KernelSim.Protocol;

/// <summary>The parts of a ring's memory that user mode can map: <c>ring_buffer_user_section</c>.</summary>
public enum RingBufferUserSection : uint
{
    /// <summary>The page with the reader's offset, which user mode writes.</summary>
    Consumer = 0,

    /// <summary>The page with the writer's offset, read-only.</summary>
    Producer = 1,

    /// <summary>The records, read-only.</summary>
    Data = 2,
}
