namespace KernelSim.Nt.Mm;

/// <summary>
/// Non-paged kernel memory: native, tagged, counted, limited. A block stays where it is until freed. Blocks are 16-byte aligned.
/// </summary>
public sealed unsafe class Pool
{
    /// <summary>Allocates a block: <c>ExAllocatePool2</c>. Null when the limit or the host refuses.</summary>
    /// <param name="bytes">Size; 0 bugchecks.</param>
    /// <param name="tag">Whose it is; 0 bugchecks.</param>
    /// <param name="zero">False leaves what was there: <c>POOL_FLAG_UNINITIALIZED</c>.</param>
    public byte* Allocate(nuint bytes, PoolTag tag, bool zero = true) => throw null!;

    /// <summary>Frees a block: <c>ExFreePoolWithTag</c>. A wrong pointer or tag bugchecks.</summary>
    public void Free(byte* block, PoolTag tag) => throw null!;

    /// <summary>Bytes in use.</summary>
    public long BytesInUse => throw null!;

    /// <summary>Bytes and blocks in use under a tag.</summary>
    public (long Bytes, long Blocks) Usage(PoolTag tag) => throw null!;

    /// <summary>
    /// The simulated kernel address of a place in a pool block, for traces and debuggers: the same in every run with the same seed.
    /// Slow (a search); for tracing only.
    /// </summary>
    public ulong VirtualAddressOf(byte* place) => throw null!;
}
