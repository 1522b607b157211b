using System.Collections.Immutable;

namespace KernelSim.Bytecode.Compiler;

/// <summary>
/// Which registers may point to the stack, before each instruction. It only decides which comparison of an address comes first: a wrong answer costs
/// time, not safety.
/// </summary>
internal sealed class StackPointers
{
    private const int FramePointer = 1 << Opcodes.FramePointer;

    private readonly int[] _before;

    public StackPointers(ImmutableArray<BpfInstruction> instructions, ControlFlow flow)
    {
        _before = new int[instructions.Length];
        foreach (FunctionFlow function in flow.Functions)
        {
            Follow(instructions, function.Entry);
        }
    }

    public bool MayPointToStack(int instruction, int register) => (_before[instruction] & (1 << register)) != 0;

    private void Follow(ImmutableArray<BpfInstruction> instructions, int entry)
    {
        Stack<int> open = new();
        Reach(entry, FramePointer, open);
        while (open.TryPop(out int i))
        {
            BpfInstruction instruction = instructions[i];
            int after = After(_before[i], instruction);
            if (instruction.IsConditionalJump || instruction.IsUnconditionalJump)
            {
                Reach(i + 1 + instruction.JumpDistance, after, open);
            }

            if (instruction.Opcode != Opcodes.Exit && !instruction.IsUnconditionalJump)
            {
                Reach(i + (instruction.IsWide ? 2 : 1), after, open);
            }
        }
    }

    private void Reach(int instruction, int registers, Stack<int> open)
    {
        if ((_before[instruction] | registers) != _before[instruction])
        {
            _before[instruction] |= registers;
            open.Push(instruction);
        }
    }

    private static int After(int before, BpfInstruction instruction)
    {
        int destination = 1 << instruction.Destination;
        int source = instruction.HasRegisterOperand && (before & (1 << instruction.Source)) != 0 ? destination : 0;
        return instruction switch
        {
            { Class: InstructionClass.Alu64, Alu: AluOperation.Mov } => (before & ~destination) | source,
            { Class: InstructionClass.Alu64, Alu: AluOperation.Add or AluOperation.Sub } => before | source,
            { Class: InstructionClass.Alu or InstructionClass.Ld or InstructionClass.Ldx } => before & ~destination,
            { Opcode: Opcodes.Call or Opcodes.CallRegister } => before & ~1,
            _ => before,
        };
    }
}
