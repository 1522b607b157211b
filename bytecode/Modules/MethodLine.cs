namespace KernelSim.Bytecode.Modules;

/// <summary>Where in a method the code of a source line begins.</summary>
/// <param name="Offset">The offset of its IL.</param>
/// <param name="Source">The line; null for code of none.</param>
internal readonly record struct MethodLine(int Offset, ProgramSourceLine? Source);

/// <summary>A method with its lines.</summary>
/// <param name="Method">The method.</param>
/// <param name="Length">The bytes of its IL.</param>
/// <param name="Lines">Its lines, by ascending offset.</param>
internal sealed record MethodSource(System.Reflection.MethodInfo Method, int Length, IReadOnlyList<MethodLine> Lines);
