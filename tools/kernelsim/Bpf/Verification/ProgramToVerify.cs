using KernelSim.Bytecode;
using KernelSim.ObjectFiles;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>A program of an object file, with the program type that it is to be loaded as.</summary>
/// <param name="File">The object file.</param>
/// <param name="Program">The program.</param>
/// <param name="Type">Its type.</param>
internal sealed record ProgramToVerify(BpfObjectFile File, ObjectProgram Program, ProgramTypeFacts Type)
{
    /// <summary>The instructions as they are once the maps are known: a reference to a map is a number.</summary>
    public BpfInstruction[] Resolved()
    {
        BpfInstruction[] code = [.. Program.Instructions];
        foreach (int at in Program.MapReferences.Select(r => r.Instruction))
        {
            code[at] = new BpfInstruction(code[at].Opcode, code[at].Destination, 0, 0, 0);
            code[at + 1] = code[at + 1] with { Immediate = 0 };
        }

        return code;
    }
}
