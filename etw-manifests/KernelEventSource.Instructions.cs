using System.Diagnostics.Tracing;

namespace KernelSim.Tracing;

/// <content>The instructions of programs, and what ends programs early.</content>
public sealed partial class KernelEventSource
{
    /// <summary>The interpreter has executed an instruction, or begun one that the program did not survive.</summary>
    [Event(Ids.Instruction, Level = EventLevel.Verbose, Keywords = Keywords.Instruction, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: program {2} '{3}' instruction {4} ({5}) leaves {7} in register {6}; {8}")]
    public void Instruction(
        ulong requestId,
        int processor,
        long programId,
        string program,
        int instruction,
        string text,
        int register,
        ulong value,
        string line,
        ulong sequence = 0) =>
        Write(Ids.Instruction, requestId, processor, programId, program, instruction, text, register, value, line);

    /// <summary>A program ran in an engine that shows no instructions, while a session asked for them.</summary>
    [Event(Ids.InstructionsNotRecorded, Level = EventLevel.Verbose, Keywords = Keywords.Instruction, Channel = EventChannel.Debug,
        Message = "Request {0}, CPU {1}: program {2} '{3}' ran {4}, which shows no instructions; the interpreter does")]
    public void InstructionsNotRecorded(ulong requestId, int processor, long programId, string program, string engine, ulong sequence = 0) =>
        Write(Ids.InstructionsNotRecorded, requestId, processor, programId, program, engine);

    /// <summary>An instruction did what no program may do. The machine stops with a bugcheck.</summary>
    [Event(Ids.ProgramFault, Level = EventLevel.Error, Keywords = Keywords.Fault, Channel = EventChannel.Admin,
        Message = "Request {0}, CPU {1}: program {2} '{3}' stops the machine ({4}) by instruction {5}: {6}; {7}")]
    public void ProgramFault(
        ulong requestId,
        int processor,
        long programId,
        string program,
        string kind,
        int instruction,
        string text,
        string line,
        ulong sequence = 0) =>
        Write(Ids.ProgramFault, requestId, processor, programId, program, kind, instruction, text, line);
}
