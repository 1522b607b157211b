namespace KernelSim.Bytecode;

/// <summary>Where the instructions of a source line begin in a module's program.</summary>
/// <param name="Instruction">The first slot; the line holds up to the next one.</param>
/// <param name="Source">The line; null where the compiler named none.</param>
public readonly record struct ModuleLine(int Instruction, ProgramSourceLine? Source);
