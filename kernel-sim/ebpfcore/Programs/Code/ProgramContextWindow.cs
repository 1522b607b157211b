using KernelSim.Bytecode;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// What a program may do with its context: read it, write what follows the pointers in it, and reach the data between those, such as a packet.
/// Helpers and extensions follow the pointers, so a program must not change them.
/// </summary>
/// <param name="context">The context; null for none.</param>
/// <param name="layout">Its layout.</param>
internal readonly unsafe struct ProgramContextWindow(byte* context, ProgramContextLayout layout)
{
    /// <summary>All of it.</summary>
    public MemoryRegion Whole => new((nuint)context, (nuint)Size, MemoryRegionKind.Context, IsWritable: PointerBytes == 0);

    /// <summary>The part that a program may write; maybe empty.</summary>
    public MemoryRegion Writable =>
        new((nuint)context + (nuint)PointerBytes, (nuint)(Size - PointerBytes), MemoryRegionKind.Context, IsWritable: true);

    /// <summary>The data between the pointers; empty if the type has none.</summary>
    public MemoryRegion Data
    {
        get
        {
            if (context == null || !layout.HasData)
            {
                return default;
            }

            byte* data = *(byte**)(context + layout.Data);
            byte* end = *(byte**)(context + layout.End);
            return new((nuint)data, data < end ? (nuint)(end - data) : 0, MemoryRegionKind.Packet, IsWritable: true);
        }
    }

    private int Size => context == null ? 0 : layout.Size;

    private int PointerBytes => context == null ? 0 : layout.PointerBytes;

    /// <summary>Makes the context reachable, but not its data.</summary>
    public void OpenContext(ref BytecodeRun run) => Open(ref run, Whole);

    /// <summary>Makes all of it reachable.</summary>
    public void Open(ref BytecodeRun run)
    {
        Open(ref run, Data);
        Open(ref run, Whole);
        if (!Whole.IsWritable)
        {
            Open(ref run, Writable);
        }
    }

    private static void Open(ref BytecodeRun run, in MemoryRegion region)
    {
        if (region.Length != 0)
        {
            run.AddRegion((byte*)region.Start, region.Length, region.Kind, region.IsWritable);
        }
    }
}
