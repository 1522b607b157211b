using System.Collections.Immutable;
using KernelSim.Bytecode;

namespace KernelSim.ObjectFiles.Programs;

/// <summary>The code of a function, and what it refers to. Functions that are names of the same code share it.</summary>
/// <param name="Function">The function; the first of those that share the code.</param>
/// <param name="Instructions">Its instructions as they are in the file.</param>
/// <param name="References">What they refer to, in their order.</param>
/// <param name="Lines">The source lines that start in it; instructions are counted from its start.</param>
internal sealed record FunctionBody(
    ObjectFunction Function, ImmutableArray<BpfInstruction> Instructions, IReadOnlyList<CodeReference> References, IReadOnlyList<SourceLine> Lines);
