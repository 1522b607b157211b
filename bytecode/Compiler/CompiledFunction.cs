namespace KernelSim.Bytecode;

/// <summary>A function of a program as code of the runtime's: what a module that was compiled ahead of time has of each program.</summary>
/// <param name="run">The run, begun by the program.</param>
/// <param name="r1">R1; R6 to R9 begin as zeros.</param>
/// <param name="r2">R2.</param>
/// <param name="r3">R3.</param>
/// <param name="r4">R4.</param>
/// <param name="r5">R5.</param>
/// <param name="r10">The end of the function's frame.</param>
/// <returns>R0; 0 if the run has ended early.</returns>
public delegate ulong CompiledFunction(ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ulong r10);
