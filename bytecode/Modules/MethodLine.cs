namespace KernelSim.Bytecode.Modules;

/// <summary>Where in a method the code of a source line begins.</summary>
/// <param name="Offset">The offset of its IL.</param>
/// <param name="Source">The line; null for code of none.</param>
internal readonly record struct MethodLine(int Offset, ProgramSourceLine? Source);
