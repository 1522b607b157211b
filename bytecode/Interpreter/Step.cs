using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KernelSim.Bytecode.Interpreter;

/// <summary>An instruction as the interpreter executes it. There is one for each slot, so that a slot's number is an index.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Step
{
    public StepCode Code;
    public byte Destination;
    public byte Source;

    /// <summary>The bytes from the next step to the one that a jump or a local call goes to, or the offset of an access.</summary>
    public int Target;

    /// <summary>The constant, sign-extended, or the operation of an atomic.</summary>
    public long Immediate;

    /// <summary>
    /// The steps of a program that the structural check has accepted. They do not move, so that a pointer can be the program counter.
    /// </summary>
    public static Step[] Of(ImmutableArray<BpfInstruction> instructions)
    {
        Step[] steps = GC.AllocateArray<Step>(instructions.Length, pinned: true);
        for (int i = 0; i < steps.Length; i++)
        {
            BpfInstruction instruction = instructions[i];
            steps[i] = Of(instruction);
            if (instruction.IsWide)
            {
                steps[i].Immediate = (long)instruction.WideConstant(instructions[++i]);
            }
        }

        return steps;
    }

    private static Step Of(BpfInstruction instruction) => new()
    {
        Code = StepDecoder.Of(instruction),
        Destination = (byte)instruction.Destination,
        Source = (byte)instruction.Source,
        Target = TargetOf(instruction),
        Immediate = instruction.Immediate,
    };

    private static int TargetOf(BpfInstruction instruction) =>
        instruction.IsLocalCall ? instruction.Immediate * Unsafe.SizeOf<Step>()
        : instruction.IsJump ? instruction.JumpDistance * Unsafe.SizeOf<Step>()
        : instruction.Offset;
}
