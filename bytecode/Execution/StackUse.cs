namespace KernelSim.Bytecode;

/// <summary>How much of the stack a program can see: what a run clears, so that it does the same each time and shows nothing of the host.</summary>
internal static class StackUse
{
    /// <summary>The bytes below the top. A frame whose address is only the base of constant distances counts as far as they reach.</summary>
    public static int Of(BytecodeImage image, int frames)
    {
        int deepest = 0;
        foreach (BpfInstruction instruction in image.Instructions)
        {
            if (TakesFrameAddress(instruction))
            {
                return BytecodeRun.FrameSize * frames;
            }

            if (BaseOf(instruction) == Opcodes.FramePointer)
            {
                deepest = Math.Clamp(-instruction.Offset, deepest, BytecodeRun.FrameSize);
            }
        }

        int lowest = deepest == 0 ? 0 : (BytecodeRun.FrameSize * (frames - 1)) + deepest;
        return (lowest + 7) & ~7;
    }

    private static bool TakesFrameAddress(BpfInstruction instruction) =>
        instruction.Source == Opcodes.FramePointer && (instruction.IsAlu || instruction.Class == InstructionClass.Stx);

    private static int BaseOf(BpfInstruction instruction) => instruction.Class switch
    {
        InstructionClass.Ldx => instruction.Source,
        InstructionClass.St or InstructionClass.Stx => instruction.Destination,
        _ => -1,
    };
}
