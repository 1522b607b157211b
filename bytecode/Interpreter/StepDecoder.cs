namespace KernelSim.Bytecode.Interpreter;

/// <summary>Which step an instruction is.</summary>
internal static class StepDecoder
{
    public static StepCode Of(BpfInstruction instruction) => instruction.Class switch
    {
        InstructionClass.Ld => StepCode.Wide,
        InstructionClass.Ldx => OfLoad(instruction),
        InstructionClass.St => OfSize(StepCode.Store8K, instruction),
        InstructionClass.Stx when instruction.Mode == Opcodes.ModeAtomic => instruction.AccessLength == 8 ? StepCode.Atomic64 : StepCode.Atomic32,
        InstructionClass.Stx => OfSize(StepCode.Store8X, instruction),
        InstructionClass.Alu or InstructionClass.Alu64 => OfAlu(instruction),
        _ => OfJump(instruction),
    };

    private static StepCode OfLoad(BpfInstruction instruction) =>
        OfSize(instruction.Mode == Opcodes.ModeSigned ? StepCode.LoadSigned8 : StepCode.Load8, instruction);

    private static StepCode OfSize(StepCode first, BpfInstruction instruction) =>
        first + (byte)int.Log2(instruction.AccessLength);

    private static StepCode OfAlu(BpfInstruction instruction)
    {
        int operation = instruction.Opcode >> 4;
        int width = instruction.Class == InstructionClass.Alu64 ? 2 : 0;
        return instruction switch
        {
            { Alu: AluOperation.End } => OfSwap(instruction),
            { Alu: AluOperation.Mov, Offset: not 0 } => OfExtension(instruction),
            { Alu: AluOperation.Div, Offset: Opcodes.Signed } => Compose(StepCode.SDiv32K, width, instruction),
            { Alu: AluOperation.Mod, Offset: Opcodes.Signed } => Compose(StepCode.SMod32K, width, instruction),
            _ => Compose(StepCode.Add32K + (byte)(operation * 4), width, instruction),
        };
    }

    private static StepCode Compose(StepCode first, int width, BpfInstruction instruction) =>
        first + (byte)(width + (instruction.HasRegisterOperand ? 1 : 0));

    private static StepCode OfExtension(BpfInstruction instruction) => (instruction.Class, instruction.Offset) switch
    {
        (InstructionClass.Alu, 8) => StepCode.Extend8To32,
        (InstructionClass.Alu, _) => StepCode.Extend16To32,
        (_, 8) => StepCode.Extend8To64,
        (_, 16) => StepCode.Extend16To64,
        _ => StepCode.Extend32To64,
    };

    /// <summary>Programs are little endian, as the hosts are: le only cuts off, be and bswap swap.</summary>
    private static StepCode OfSwap(BpfInstruction instruction) => (instruction.Opcode, instruction.Immediate) switch
    {
        (Opcodes.LittleEndian, 16) => StepCode.Low16,
        (Opcodes.LittleEndian, 32) => StepCode.Low32,
        (Opcodes.LittleEndian, _) => StepCode.Nothing,
        (_, 16) => StepCode.Swap16,
        (_, 32) => StepCode.Swap32,
        _ => StepCode.Swap64,
    };

    private static StepCode OfJump(BpfInstruction instruction) => instruction.Opcode switch
    {
        Opcodes.JumpAlways or Opcodes.JumpLong => StepCode.Jump,
        Opcodes.Call => instruction.IsLocalCall ? StepCode.CallLocal : StepCode.CallHelper,
        Opcodes.CallRegister => StepCode.CallRegister,
        Opcodes.Exit => StepCode.Exit,
        _ => Compose(StepCode.Jump + (byte)((instruction.Opcode >> 4) * 4), instruction.Class == InstructionClass.Jmp32 ? 2 : 0, instruction),
    };
}
