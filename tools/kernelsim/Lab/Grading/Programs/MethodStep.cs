using System.Reflection.Emit;

namespace KernelSim.Tool.Lab.Grading.Programs;

/// <summary>One instruction of a method's IL.</summary>
/// <param name="At">Its offset.</param>
/// <param name="OpCode">Its operation.</param>
/// <param name="Operand">Offset of its operand.</param>
/// <param name="End">Offset of what follows it.</param>
internal readonly record struct MethodStep(int At, OpCode OpCode, int Operand, int End)
{
    private const byte TwoBytes = 0xFE;

    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Where(f => f.FieldType == typeof(OpCode))
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    /// <summary>Whether it belongs to the instruction that follows it.</summary>
    public bool IsPrefix => OpCode.OpCodeType == OpCodeType.Prefix;

    /// <summary>Decodes a method's IL.</summary>
    public static IEnumerable<MethodStep> Read(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            bool isLong = code[at] == TwoBytes;
            OpCode opCode = s_opCodes[isLong ? (short)((TwoBytes << 8) | code[at + 1]) : code[at]];
            int operand = at + (isLong ? 2 : 1);
            int end = operand + opCode.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, operand)),
                _ => 4,
            };
            yield return new MethodStep(at, opCode, operand, end);
            at = end;
        }
    }

    /// <summary>The offsets that it may jump to.</summary>
    public IReadOnlyList<int> Targets(byte[] code)
    {
        (int operand, int end) = (Operand, End);
        return OpCode.OperandType switch
        {
            OperandType.ShortInlineBrTarget => [end + (sbyte)code[operand]],
            OperandType.InlineBrTarget => [end + BitConverter.ToInt32(code, operand)],
            OperandType.InlineSwitch =>
                [.. Enumerable.Range(1, BitConverter.ToInt32(code, operand)).Select(i => end + BitConverter.ToInt32(code, operand + (4 * i)))],
            _ => [],
        };
    }
}
