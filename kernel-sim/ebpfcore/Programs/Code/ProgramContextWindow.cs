using KernelSim.Bytecode;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// What a program may do with its context: read it, and write what follows the pointers in it, which helpers and extensions follow.
/// </summary>
internal readonly unsafe struct ProgramContextWindow
{
    /// <param name="context">The context; null for none.</param>
    /// <param name="descriptor">Its layout.</param>
    public ProgramContextWindow(byte* context, in ContextDescriptor descriptor)
    {
        int size = context == null ? 0 : Math.Max(descriptor.Size, 0);
        int last = Math.Max(descriptor.Data, Math.Max(descriptor.End, descriptor.Meta));
        int pointers = last < 0 ? 0 : Math.Min(size, last + sizeof(ulong));
        Whole = new MemoryRegion((nuint)context, (nuint)size, MemoryRegionKind.Context, IsWritable: pointers == 0);
        Writable = new MemoryRegion((nuint)(context + pointers), (nuint)(size - pointers), MemoryRegionKind.Context, IsWritable: true);
    }

    /// <summary>All of it.</summary>
    public MemoryRegion Whole { get; }

    /// <summary>The part that a program may write; maybe empty.</summary>
    public MemoryRegion Writable { get; }

    /// <summary>Makes it reachable.</summary>
    public void Open(ref BytecodeRun run)
    {
        if (Whole.Length != 0)
        {
            run.AddRegion((byte*)Whole.Start, Whole.Length, MemoryRegionKind.Context, Whole.IsWritable);
        }

        if (Writable.Length != 0 && !Whole.IsWritable)
        {
            run.AddRegion((byte*)Writable.Start, Writable.Length, MemoryRegionKind.Context, writable: true);
        }
    }
}
