namespace KernelSim.TraceAnalysis.Events;

/// <summary>An instruction of a program did what none may do, which stopped the machine.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="ProgramId">The program's id.</param>
/// <param name="Program">Name of the program.</param>
/// <param name="Kind">What is wrong, such as <c>InvalidRead</c>.</param>
/// <param name="Instruction">The instruction's slot, from 0.</param>
/// <param name="Text">What it did, where, and what memory is near.</param>
/// <param name="Line">The source line: file, number and text; empty if it is not known.</param>
public sealed record ProgramFaultEvent(
    EventHeader Header, long ProgramId, string Program, string Kind, int Instruction, string Text, string Line)
    : TracedEvent(Header);
