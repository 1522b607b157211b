namespace KernelSim.Nt.Mm;

/// <summary>Host memory that pool has: a chunk that small blocks are cut from, or one large block.</summary>
/// <param name="Base">Where it is in the host process.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Address">Where simulated code sees it.</param>
internal readonly record struct PoolRange(nuint Base, nuint Length, ulong Address)
{
    public bool Contains(nuint place) => place - Base < Length;
}
