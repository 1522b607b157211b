namespace KernelSim.Bytecode;

/// <summary>The program that the structural check looks at.</summary>
internal sealed class CheckedProgram
{
    private readonly BpfInstruction[] _instructions;
    private readonly bool[] _isSecondSlot;

    public CheckedProgram(ReadOnlySpan<BpfInstruction> instructions, StructuralOptions options)
    {
        _instructions = instructions.ToArray();
        _isSecondSlot = new bool[instructions.Length];
        Options = options;
        for (int i = 0; i < instructions.Length - 1; i++)
        {
            if (instructions[i].IsWide)
            {
                _isSecondSlot[++i] = true;
            }
        }
    }

    public StructuralOptions Options { get; }

    public int Length => _instructions.Length;

    public BpfInstruction this[int index] => _instructions[index];

    public bool IsSecondSlot(int index) => _isSecondSlot[index];

    public string TextOf(int index) => Disassembly.TextOf(_instructions, index);

    /// <summary>What is wrong with a slot as the target of a jump or a call; null: nothing.</summary>
    public string? ProblemOfTarget(long target) => target < 0 || target >= Length ? $"{target}, expected 0 to {Length - 1}"
        : _isSecondSlot[target] ? $"{target}, the second slot of lddw"
        : null;
}
