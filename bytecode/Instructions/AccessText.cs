namespace KernelSim.Bytecode;

/// <summary>The text of loads and stores: <c>r1 = *(u32 *)(r6 + 4)</c>, <c>*(u8 *)(r10 - 8) = 5</c>.</summary>
internal static class AccessText
{
    public static string Of(BpfInstruction instruction)
    {
        string type = $"{(instruction.Mode == Opcodes.ModeSigned ? 's' : 'u')}{instruction.AccessLength * 8}";
        return instruction.Class switch
        {
            InstructionClass.Ldx => $"r{instruction.Destination} = *({type} *)({Place(instruction.Source, instruction.Offset)})",
            InstructionClass.St => $"*({type} *)({Place(instruction.Destination, instruction.Offset)}) = {instruction.Immediate}",
            _ => $"*({type} *)({Place(instruction.Destination, instruction.Offset)}) = {ValueOf(instruction)}",
        };
    }

    /// <summary>A base register with its offset: <c>r10 - 8</c>.</summary>
    public static string Place(int register, short offset) => $"r{register} {(offset < 0 ? '-' : '+')} {Math.Abs((int)offset)}";

    private static string ValueOf(BpfInstruction instruction) => $"{(instruction.AccessLength == 8 ? 'r' : 'w')}{instruction.Source}";
}
