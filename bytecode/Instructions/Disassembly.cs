namespace KernelSim.Bytecode;

/// <summary>The text of instructions, as LLVM's assembler for BPF reads and writes it.</summary>
public static class Disassembly
{
    /// <summary>The text of one instruction: <c>r1 = *(u32 *)(r6 + 4)</c>, <c>if r1 != 0 goto +5</c>, <c>call 1</c>.</summary>
    /// <param name="instructions">The program.</param>
    /// <param name="index">The slot; of a load of 64 bits the first one. The second one has the text of what its bytes would be alone.</param>
    public static string TextOf(ReadOnlySpan<BpfInstruction> instructions, int index) =>
        TextOf(instructions[index], index + 1 < instructions.Length ? instructions[index + 1] : default);

    private static string TextOf(BpfInstruction instruction, BpfInstruction next) => instruction.Class switch
    {
        _ when !OpcodeSet.Contains(instruction.Opcode) => $".opcode 0x{instruction.Opcode:x2}",
        InstructionClass.Ld => WideText.Of(instruction, next),
        InstructionClass.Alu or InstructionClass.Alu64 => AluText.Of(instruction),
        InstructionClass.Jmp or InstructionClass.Jmp32 => JumpText.Of(instruction),
        _ when instruction.Mode == Opcodes.ModeAtomic => AtomicText.Of(instruction),
        _ => AccessText.Of(instruction),
    };
}
