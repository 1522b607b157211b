namespace KernelSim.Bytecode;

/// <summary>The low three bits of an opcode.</summary>
internal enum InstructionClass : byte
{
    Ld,
    Ldx,
    St,
    Stx,
    Alu,
    Jmp,
    Jmp32,
    Alu64,
}
