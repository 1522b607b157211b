namespace KernelSim.Bytecode;

/// <summary>The text of arithmetic: <c>r1 += r2</c>, <c>w1 s/= 3</c>, <c>r1 = (s8)r2</c>, <c>r1 = be16 r1</c>.</summary>
internal static class AluText
{
    private static readonly string[] s_operators = ["+", "-", "*", "/", "|", "&", "<<", ">>", "", "%", "^", "", "s>>"];

    public static string Of(BpfInstruction instruction)
    {
        char width = instruction.Class == InstructionClass.Alu64 ? 'r' : 'w';
        string destination = $"{width}{instruction.Destination}";
        string operand = instruction.HasRegisterOperand ? $"{width}{instruction.Source}" : $"{instruction.Immediate}";
        return instruction.Alu switch
        {
            AluOperation.End => $"r{instruction.Destination} = {SwapOf(instruction)}{instruction.Immediate} r{instruction.Destination}",
            AluOperation.Neg => $"{destination} = -{destination}",
            AluOperation.Mov when instruction.Offset != 0 => $"{destination} = (s{instruction.Offset}){operand}",
            AluOperation.Mov => $"{destination} = {operand}",
            AluOperation.Div or AluOperation.Mod when instruction.Offset == Opcodes.Signed => $"{destination} s{Operator(instruction)}= {operand}",
            _ => $"{destination} {Operator(instruction)}= {operand}",
        };
    }

    private static string Operator(BpfInstruction instruction) => s_operators[instruction.Opcode >> 4];

    private static string SwapOf(BpfInstruction instruction) => instruction.Opcode switch
    {
        Opcodes.LittleEndian => "le",
        Opcodes.BigEndian => "be",
        _ => "bswap",
    };
}
