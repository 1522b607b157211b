namespace KernelSim.Bytecode;

internal sealed class OpcodeRule() : InstructionRule(
    "bytecode.opcode",
    "Every opcode is one of RFC 9669, without the deprecated packet instructions.",
    "Compile with -target bpf and at most -mcpu=v4; read packets through the context's data pointer.")
{
    public override StructuralProblem? Check(CheckedProgram program, int index)
    {
        byte opcode = program[index].Opcode;
        return OpcodeSet.Contains(opcode) ? null
            : Problem(program, index, opcode, 0, OpcodeSet.IsPacketAccess(opcode)
                ? $"0x{opcode:x2} is a packet instruction (LD_ABS or LD_IND), which eBPF for Windows does not have"
                : $"0x{opcode:x2} is not an opcode of RFC 9669");
    }
}
