namespace KernelSim.Bytecode.Compiler;

/// <summary>A function of a program as machine code.</summary>
internal delegate ulong CompiledCode(ref BytecodeRun run, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ulong r10);
