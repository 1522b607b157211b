namespace KernelSim.TraceAnalysis.Events;

/// <summary>The interpreter has executed an instruction of a program.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Program">Name of the program.</param>
/// <param name="Instruction">Its slot, from 0.</param>
/// <param name="Text">The instruction, disassembled.</param>
/// <param name="Register">The register that it wrote; -1 for none.</param>
/// <param name="Value">What that register holds since.</param>
/// <param name="Line">The source line: file, number and text; empty if it is not known.</param>
public sealed record InstructionEvent(
    EventHeader Header, long ProgramId, string Program, int Instruction, string Text, int Register, ulong Value, string Line)
    : TracedEvent(Header);
