namespace KernelSim.Bytecode.Compiler;

/// <summary>The registers that an instruction reads and writes, as bits.</summary>
internal static class RegisterUse
{
    private const int R0 = 1;
    private const int Arguments = 0b11_1110;

    public static int WrittenBy(BpfInstruction instruction) => instruction.WrittenRegister is >= 0 and var register ? 1 << register : 0;

    public static int ReadBy(BpfInstruction instruction)
    {
        int destination = 1 << instruction.Destination;
        int source = 1 << instruction.Source;
        int operand = instruction.HasRegisterOperand ? source : 0;
        return instruction switch
        {
            { IsAlu: true, Alu: AluOperation.Mov } => operand,
            { IsAlu: true, Alu: AluOperation.End or AluOperation.Neg } => destination,
            { IsAlu: true } => destination | operand,
            { Class: InstructionClass.Ld } => 0,
            { Class: InstructionClass.Ldx } => source,
            { Class: InstructionClass.St } => destination,
            { Class: InstructionClass.Stx, Mode: Opcodes.ModeAtomic } => destination | source | R0,
            { Class: InstructionClass.Stx } => destination | source,
            { Opcode: Opcodes.Call } => Arguments,
            { Opcode: Opcodes.CallRegister } => Arguments | destination,
            { Opcode: Opcodes.Exit } => R0,
            { IsUnconditionalJump: true } => 0,
            _ => destination | operand,
        };
    }
}
