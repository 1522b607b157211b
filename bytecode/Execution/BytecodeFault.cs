namespace KernelSim.Bytecode;

/// <summary>Why a run ended before the program did. In a real kernel it would have been a bugcheck.</summary>
/// <param name="Kind">What went wrong.</param>
/// <param name="Program">The program's name.</param>
/// <param name="Instruction">The slot of the instruction.</param>
/// <param name="Text">One line that says it all.</param>
public sealed record BytecodeFault(BytecodeFaultKind Kind, string Program, int Instruction, string Text)
{
    /// <summary>The register that the address of a bad access is based on; -1 where there was no access.</summary>
    public int Register { get; init; } = -1;

    /// <summary>The first byte of a bad access.</summary>
    public ulong Address { get; init; }

    /// <summary>The bytes of a bad access.</summary>
    public ulong Length { get; init; }

    /// <summary>The region next to a bad access; its kind is <see cref="MemoryRegionKind.None"/> if the run has none.</summary>
    public MemoryRegion NearestRegion { get; init; }

    /// <summary>How many bytes are between a bad access and <see cref="NearestRegion"/>: negative before it, 0 if they touch or overlap.</summary>
    public long Distance { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Program}: {Text}";
}
