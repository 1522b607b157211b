namespace KernelSim.Bytecode;

/// <summary>A function: what can be reached from its first slot without a call.</summary>
internal sealed class FunctionFlow(int entry)
{
    /// <summary>The first slot.</summary>
    public int Entry { get; } = entry;

    /// <summary>The slots that the function reaches, in the order in which they were found.</summary>
    public List<int> Instructions { get; } = [];

    /// <summary>The local calls: the slot of each, and the slot that it calls.</summary>
    public List<(int Instruction, int Target)> Calls { get; } = [];

    /// <summary>The instruction after which control leaves the program; -1 if there is none.</summary>
    public int FallsOffAt { get; private set; } = -1;

    /// <summary>Whether a jump goes backwards.</summary>
    public bool HasLoop { get; private set; }

    /// <summary>In which frames the function runs: bit 1 for the first one, and so on. Frames after the ninth count as the ninth.</summary>
    public int Frames { get; private set; }

    /// <summary>The highest frame in which the function runs, counted from 1.</summary>
    public int DeepestFrame { get; private set; }

    /// <summary>The frames in which the function runs, counted from 1.</summary>
    public IEnumerable<int> FrameNumbers => Enumerable.Range(1, StackLimits.MaxFrames).Where(frame => (Frames & (1 << frame)) != 0);

    public void EnterAt(int frame)
    {
        Frames |= 1 << Math.Min(frame, StackLimits.MaxFrames + 1);
        DeepestFrame = Math.Max(DeepestFrame, frame);
    }

    public void EnterFrom(FunctionFlow caller)
    {
        const int Mask = (1 << (StackLimits.MaxFrames + 2)) - 1;
        Frames |= (caller.Frames << 1) & Mask;
        EnterAt(caller.DeepestFrame + 1);
    }

    /// <summary>Visits every instruction that the function reaches.</summary>
    /// <param name="program">The program.</param>
    /// <param name="owners">Whose each instruction is.</param>
    /// <returns>An instruction that belongs to another function already; -1 if there is none.</returns>
    public int Follow(CheckedProgram program, FunctionFlow?[] owners)
    {
        Stack<int> open = new([Entry]);
        while (open.TryPop(out int i))
        {
            if (owners[i] is { } owner && owner != this)
            {
                return i;
            }

            if (owners[i] is null)
            {
                owners[i] = this;
                Instructions.Add(i);
                Continue(program, i, open);
            }
        }

        return -1;
    }

    private void Continue(CheckedProgram program, int i, Stack<int> open)
    {
        BpfInstruction instruction = program[i];
        if (instruction.IsLocalCall)
        {
            Calls.Add((i, i + 1 + instruction.Immediate));
        }

        if (instruction.IsConditionalJump || instruction.IsUnconditionalJump)
        {
            int target = i + 1 + instruction.JumpDistance;
            HasLoop |= target <= i;
            open.Push(target);
        }

        if (instruction.Opcode == Opcodes.Exit || instruction.IsUnconditionalJump)
        {
            return;
        }

        int next = i + (instruction.IsWide ? 2 : 1);
        if (next < program.Length)
        {
            open.Push(next);
        }
        else
        {
            FallsOffAt = i;
        }
    }
}
