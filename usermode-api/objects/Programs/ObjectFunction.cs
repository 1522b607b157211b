namespace KernelSim.ObjectFiles;

/// <summary>A function of an object file, as it was compiled.</summary>
/// <param name="Index">Its index in <see cref="BpfObjectFile.Functions"/>.</param>
/// <param name="Name">Its name in C, or its label in assembly.</param>
/// <param name="Section">The section that it is in.</param>
/// <param name="SectionIndex">The index of that section.</param>
/// <param name="FirstInstruction">Where in the section it starts, in instructions.</param>
/// <param name="InstructionCount">Its length; an <c>lddw</c> counts as two.</param>
public sealed record ObjectFunction(int Index, string Name, string Section, int SectionIndex, int FirstInstruction, int InstructionCount)
{
    /// <summary>Whether other files could call it: it is not static.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>Whether another definition could replace it.</summary>
    public bool IsWeak { get; init; }

    /// <summary>Its type; 0 where the file does not say.</summary>
    public int Type { get; init; }

    /// <summary>The first slot after it.</summary>
    internal int End => FirstInstruction + InstructionCount;
}
