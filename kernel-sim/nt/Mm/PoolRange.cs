namespace KernelSim.Nt.Mm;

/// <summary>Host memory that belongs to pool: a chunk that small blocks are cut from, or one large block.</summary>
/// <param name="Base">Address in the host process.</param>
/// <param name="Length">Size in bytes.</param>
/// <param name="Address">Simulated kernel address.</param>
internal readonly record struct PoolRange(nuint Base, nuint Length, ulong Address)
{
    public bool Contains(nuint place) => place - Base < Length;
}
