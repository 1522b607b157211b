namespace KernelSim.Bytecode;

/// <summary>
/// Where compiled code keeps its registers while a slow path runs. So the runtime's compiler sees none that must survive that call, and has all of
/// the processor's for the fast path.
/// </summary>
internal struct SavedRegisters
{
    public ulong R0;
    public ulong R1;
    public ulong R2;
    public ulong R3;
    public ulong R4;
    public ulong R5;
    public ulong R6;
    public ulong R7;
    public ulong R8;
    public ulong R9;
}
