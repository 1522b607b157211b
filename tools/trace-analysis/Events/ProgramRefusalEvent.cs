namespace KernelSim.TraceAnalysis.Events;

/// <summary>The library refused to load a program for one of its instructions.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Section">The section of the object file.</param>
/// <param name="Program">Name of the program.</param>
/// <param name="Instruction">The instruction's slot, from 0.</param>
/// <param name="Text">The instruction, and what was given and expected.</param>
/// <param name="Line">The source line: file, number and text; empty if it is not known.</param>
public sealed record ProgramRefusalEvent(EventHeader Header, string Section, string Program, int Instruction, string Text, string Line)
    : TracedEvent(Header);
