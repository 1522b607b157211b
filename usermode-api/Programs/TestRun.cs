namespace KernelSim.UserMode;

/// <summary>What to run a program on.</summary>
public sealed record TestRun
{
    /// <summary>The data that the program is to see.</summary>
    public ReadOnlyMemory<byte> Data { get; init; }

    /// <summary>The context to start from, as the program type lays it out.</summary>
    public ReadOnlyMemory<byte> Context { get; init; }

    /// <summary>Bytes of room for the data afterwards; 0 when it is not wanted.</summary>
    public int DataRoom { get; init; }

    /// <summary>Bytes of room for the context afterwards; 0 when it is not wanted.</summary>
    public int ContextRoom { get; init; }

    /// <summary>How often to run it.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>The CPU to run on.</summary>
    public int Cpu { get; init; }

    /// <summary>Runs in one epoch; 0 means 1024.</summary>
    public int BatchSize { get; init; }
}
