using System.Collections.Immutable;

namespace KernelSim.Bytecode.Compiler;

/// <summary>Which registers are read later, before each instruction: what a slow path has to keep.</summary>
internal sealed class Liveness
{
    private readonly ImmutableArray<BpfInstruction> _instructions;
    private readonly int[] _before;

    public Liveness(ImmutableArray<BpfInstruction> instructions, ControlFlow flow)
    {
        _instructions = instructions;
        _before = new int[instructions.Length];
        foreach (FunctionFlow function in flow.Functions)
        {
            Solve([.. function.Instructions.OrderDescending()]);
        }
    }

    /// <summary>The registers, as bits.</summary>
    public int Before(int instruction) => _before[instruction];

    /// <summary>Goes over the instructions from the last to the first until nothing changes: once more than loops are nested.</summary>
    private void Solve(int[] backwards)
    {
        bool changed = true;
        while (changed)
        {
            changed = false;
            foreach (int i in backwards)
            {
                BpfInstruction instruction = _instructions[i];
                int before = (After(instruction, i) & ~RegisterUse.WrittenBy(instruction)) | RegisterUse.ReadBy(instruction);
                changed |= before != _before[i];
                _before[i] = before;
            }
        }
    }

    private int After(BpfInstruction instruction, int i)
    {
        int jump = instruction.IsConditionalJump || instruction.IsUnconditionalJump ? _before[i + 1 + instruction.JumpDistance] : 0;
        bool goesOn = instruction.Opcode != Opcodes.Exit && !instruction.IsUnconditionalJump;
        return jump | (goesOn ? _before[i + (instruction.IsWide ? 2 : 1)] : 0);
    }
}
