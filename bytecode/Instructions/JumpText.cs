namespace KernelSim.Bytecode;

/// <summary>The text of jumps and calls: <c>if r1 s&gt; -1 goto +3</c>, <c>gotol -7</c>, <c>call 1</c>, <c>call pc+4</c>.</summary>
internal static class JumpText
{
    private static readonly string[] s_operators = ["", "==", ">", ">=", "&", "!=", "s>", "s>=", "", "", "<", "<=", "s<", "s<="];

    public static string Of(BpfInstruction instruction)
    {
        char width = instruction.Class == InstructionClass.Jmp ? 'r' : 'w';
        string operand = instruction.HasRegisterOperand ? $"{width}{instruction.Source}" : $"{instruction.Immediate}";
        return instruction.Opcode switch
        {
            Opcodes.JumpAlways => $"goto {instruction.Offset:+0;-0}",
            Opcodes.JumpLong => $"gotol {instruction.Immediate:+0;-0}",
            Opcodes.Call when instruction.IsLocalCall => $"call pc{instruction.Immediate:+0;-0}",
            Opcodes.Call when instruction.IsHelperCall => $"call {instruction.Immediate}",
            Opcodes.Call => $"call {instruction.Immediate} by source {instruction.Source}",
            Opcodes.CallRegister => $"callx r{instruction.Destination}",
            Opcodes.Exit => "exit",
            _ => $"if {width}{instruction.Destination} {s_operators[instruction.Opcode >> 4]} {operand} goto {instruction.Offset:+0;-0}",
        };
    }
}
