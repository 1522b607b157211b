namespace KernelSim.Protocol.Checks;

// 19xx: the structural check of a program's instructions, which the library makes before it loads one.
public static partial class CheckTable
{
    /// <summary>A program has 1 to 65,536 instruction slots.</summary>
    public static readonly EbpfCheck BytecodeLength = new(
        1901,
        "bytecode.length",
        "A program has 1 to 65,536 instruction slots.",
        "1 to 65,536 slots",
        EbpfResult.VerificationFailed,
        "Split a longer program with tail calls.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Every opcode is one of RFC 9669, without the deprecated packet instructions.</summary>
    public static readonly EbpfCheck BytecodeOpcode = new(
        1902,
        "bytecode.opcode",
        "Every opcode is one of RFC 9669, without the deprecated packet instructions.",
        "an opcode of RFC 9669",
        EbpfResult.VerificationFailed,
        "Compile with -target bpf and at most -mcpu=v4; read packets through the context's data pointer.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Registers are r0 to r10.</summary>
    public static readonly EbpfCheck BytecodeRegister = new(
        1903,
        "bytecode.register",
        "Registers are r0 to r10.",
        "0 to 10",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or no program: compile again.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The destination field is 0 in jumps without a condition, calls and exit.</summary>
    public static readonly EbpfCheck BytecodeReservedDestination = new(
        1904,
        "bytecode.reserved_destination",
        "The destination field is 0 in jumps without a condition, calls and exit.",
        "0",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>The source field is 0 where the operand is a constant, 0 or 1 in a call, and 0 to 6 in lddw.</summary>
    public static readonly EbpfCheck BytecodeReservedSource = new(
        1905,
        "bytecode.reserved_source",
        "The source field is 0 where the operand is a constant, 0 or 1 in a call, and 0 to 6 in lddw.",
        "0, or what the opcode allows",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>
    /// The offset field is 0 in arithmetic, calls, exit, lddw and gotol; 1 makes a division signed, and 8, 16 or 32 a move sign-extending.
    /// </summary>
    public static readonly EbpfCheck BytecodeReservedOffset = new(
        1906,
        "bytecode.reserved_offset",
        "The offset field is 0 in arithmetic, calls, exit, lddw and gotol; 1 makes a division signed, and 8, 16 or 32 a move sign-extending.",
        "0, or what the opcode allows",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>
    /// The immediate is 0 where the operand is a register; in a byte swap it is 16, 32 or 64, in an atomic one of RFC 9669's operations.
    /// </summary>
    public static readonly EbpfCheck BytecodeReservedImmediate = new(
        1907,
        "bytecode.reserved_immediate",
        "The immediate is 0 where the operand is a register; in a byte swap it is 16, 32 or 64, in an atomic one of RFC 9669's operations.",
        "0, or what the opcode allows",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or of a later instruction set: compile with at most -mcpu=v4.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>r10, the frame pointer, is only read.</summary>
    public static readonly EbpfCheck BytecodeFramePointer = new(
        1908,
        "bytecode.frame_pointer",
        "r10, the frame pointer, is only read.",
        "a destination of r0 to r9",
        EbpfResult.VerificationFailed,
        "Copy r10 to another register and change the copy.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>lddw takes two slots; of the second one only the immediate is used, the other fields are 0.</summary>
    public static readonly EbpfCheck BytecodeLddw = new(
        1909,
        "bytecode.lddw",
        "lddw takes two slots; of the second one only the immediate is used, the other fields are 0.",
        "a second slot with an immediate only",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or were cut off: compile again.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>References to maps, variables and code are resolved before a program is loaded: lddw has source 0.</summary>
    public static readonly EbpfCheck BytecodeReference = new(
        1910,
        "bytecode.reference",
        "References to maps, variables and code are resolved before a program is loaded: lddw has source 0.",
        "source 0",
        EbpfResult.VerificationFailed,
        "Open the object with the library, which resolves them.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A jump goes to an instruction of the program, not into the second slot of lddw.</summary>
    public static readonly EbpfCheck BytecodeJumpTarget = new(
        1911,
        "bytecode.jump_target",
        "A jump goes to an instruction of the program, not into the second slot of lddw.",
        "the slot of an instruction",
        EbpfResult.VerificationFailed,
        "The bytes are damaged, or were cut off: compile again.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A program calls helpers that its program type has.</summary>
    public static readonly EbpfCheck BytecodeHelper = new(
        1912,
        "bytecode.helper",
        "A program calls helpers that its program type has.",
        "a helper of the program type",
        EbpfResult.VerificationFailed,
        "Use a helper of the program's type, or another section name for the program.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>A local call goes to an instruction of the program, not into the second slot of lddw.</summary>
    public static readonly EbpfCheck BytecodeCallTarget = new(
        1913,
        "bytecode.call_target",
        "A local call goes to an instruction of the program, not into the second slot of lddw.",
        "the slot of an instruction",
        EbpfResult.VerificationFailed,
        "Link the object: the function that is called must be in it.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>An instruction belongs to one function: no jump leads out of a function, and no call into the middle of one.</summary>
    public static readonly EbpfCheck BytecodeFunctionBoundary = new(
        1914,
        "bytecode.function_boundary",
        "An instruction belongs to one function: no jump leads out of a function, and no call into the middle of one.",
        "one function",
        EbpfResult.VerificationFailed,
        "Call the other function, and end every function with exit or a jump.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Control does not run past the last instruction.</summary>
    public static readonly EbpfCheck BytecodeFallOff = new(
        1915,
        "bytecode.fall_off",
        "Control does not run past the last instruction.",
        "exit or a jump at the end of each function",
        EbpfResult.VerificationFailed,
        "End every function with exit or a jump.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>No function calls itself, directly or through others.</summary>
    public static readonly EbpfCheck BytecodeRecursion = new(
        1916,
        "bytecode.recursion",
        "No function calls itself, directly or through others.",
        "a call of another function",
        EbpfResult.VerificationFailed,
        "Replace the recursion with a loop.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Local calls use at most 8 stack frames, the program's own included.</summary>
    public static readonly EbpfCheck BytecodeCallDepth = new(
        1917,
        "bytecode.call_depth",
        "Local calls use at most 8 stack frames, the program's own included.",
        "at most 8 frames",
        EbpfResult.VerificationFailed,
        "Let the compiler inline functions: declare them static __always_inline.")
    {
        Relation = CheckRelation.InWords,
    };

    /// <summary>Every instruction can be reached.</summary>
    public static readonly EbpfCheck BytecodeUnreachable = new(
        1918,
        "bytecode.unreachable",
        "Every instruction can be reached.",
        "a path from the start of the program",
        EbpfResult.VerificationFailed,
        "Remove the instructions, or compile with -O2, which does.")
    {
        Relation = CheckRelation.InWords,
    };
}
