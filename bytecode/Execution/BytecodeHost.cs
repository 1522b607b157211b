namespace KernelSim.Bytecode;

/// <summary>What surrounds a program: a driver, a command, a test. Members are called by many threads at once.</summary>
public abstract unsafe class BytecodeHost
{
    /// <summary>
    /// Calls a helper. It may end the run by setting its fault; an exception from here leaves the program and the engine unchanged.
    /// </summary>
    /// <param name="run">The run that calls; its <see cref="BytecodeRun.Instruction"/> is the call.</param>
    /// <param name="id">The helper's number.</param>
    /// <param name="r1">R1 as the program left it: a number, or an address of this process that nobody has checked. So are the others.</param>
    /// <param name="r2">R2.</param>
    /// <param name="r3">R3.</param>
    /// <param name="r4">R4.</param>
    /// <param name="r5">R5.</param>
    /// <returns>R0. R1 to R5 keep their values.</returns>
    public abstract ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5);

    /// <summary>Whether a run is to be ended. It is asked now and then at jumps backwards.</summary>
    public virtual bool IsStopped => false;

    /// <summary>Finds the region around an access that no region of the run contains. The run adds it.</summary>
    /// <param name="run">The run that makes the access.</param>
    /// <param name="address">Address of the first byte, as the program computed it.</param>
    /// <param name="length">Size of the access in bytes.</param>
    /// <param name="write">Whether they are written.</param>
    /// <param name="region">The region that contains all of the bytes.</param>
    public virtual bool TryFindRegion(ref BytecodeRun run, byte* address, nuint length, bool write, out MemoryRegion region)
    {
        region = default;
        return false;
    }
}
