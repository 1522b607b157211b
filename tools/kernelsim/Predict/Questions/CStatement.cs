using KernelSim.Bytecode;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>
/// A statement about the variable <c>a</c>, an unsigned number of 32 bits that is kept in r0: its C, and its instructions.
/// </summary>
/// <param name="Text">The statement.</param>
/// <param name="Code">Its instructions.</param>
internal sealed record CStatement(string Text, IReadOnlyList<BpfInstruction> Code)
{
    private const byte Alu32 = 0x04;
    private const byte Jump32 = 0x06;
    private const byte Move = 0xb0;
    private const byte Exit = 0x95;

    private static readonly Dictionary<string, byte> s_assignments = new()
    {
        ["+="] = 0x00,
        ["-="] = 0x10,
        ["*="] = 0x20,
        ["|="] = 0x40,
        ["&="] = 0x50,
        ["<<="] = 0x60,
        [">>="] = 0x70,
        ["%="] = 0x90,
        ["^="] = 0xa0,
    };

    /// <summary>For each comparison, the jump that skips the statement behind it.</summary>
    private static readonly Dictionary<string, byte> s_skips = new()
    {
        [">"] = 0xb0,
        ["<"] = 0x30,
        ["=="] = 0x50,
    };

    /// <summary>The end of a program: <c>return a;</c>.</summary>
    public static CStatement Return { get; } = new("return a;", [new BpfInstruction(Exit, 0, 0, 0, 0)]);

    /// <summary>The declaration.</summary>
    public static CStatement Start(int value) => new($"__u32 a = {value};", [Instruction(Alu32 | Move, 0, value)]);

    /// <summary>An assignment such as <c>a += 5;</c>.</summary>
    public static CStatement Assign(string op, int operand) => new($"a {op} {operand};", [Instruction(Alu32 | s_assignments[op], 0, operand)]);

    /// <summary>A statement that is executed if a comparison holds, <c>if (a > 5) a -= 5;</c>.</summary>
    public static CStatement When(string comparison, int operand, CStatement then) => new(
        $"if (a {comparison} {operand}) {then.Text}",
        [Instruction(Jump32 | s_skips[comparison], (short)then.Code.Count, operand), .. then.Code]);

    private static BpfInstruction Instruction(int opcode, short offset, int immediate) => new((byte)opcode, 0, 0, offset, immediate);
}
