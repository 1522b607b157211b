namespace KernelSim.Bytecode;

/// <summary>Why the structural check refuses a program.</summary>
/// <param name="Rule">The rule that is broken.</param>
/// <param name="Instruction">The slot of the instruction that breaks it.</param>
/// <param name="Given">The number that the program has there.</param>
/// <param name="Expected">What it should be; where there is a range, the bound that it passes.</param>
/// <param name="Text">What was given and what was expected, with the instruction: one line.</param>
public sealed record StructuralProblem(StructuralRule Rule, int Instruction, long Given, long Expected, string Text);
