using System.Reflection.Emit;

namespace KernelSim.EbpfCore.Native;

/// <summary>One instruction of a method's IL.</summary>
/// <param name="OpCode">Its operation.</param>
/// <param name="Operand">Its operand if that is a number or a token, otherwise 0.</param>
internal readonly record struct NativeInstruction(OpCode OpCode, int Operand)
{
    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Where(f => f.FieldType == typeof(OpCode))
        .Select(f => (OpCode)f.GetValue(null)!)
        .ToDictionary(o => o.Value);

    /// <summary>Whether it names a method that is called, or that a delegate is created from.</summary>
    public bool NamesMethod => OpCode.OperandType == OperandType.InlineMethod;

    /// <summary>The number that it pushes onto the stack; null if it does something else.</summary>
    public int? Constant => OpCode.Value switch
    {
        >= 0x16 and <= 0x1E => OpCode.Value - 0x16,
        0x1F or 0x20 => Operand,
        _ => null,
    };

    /// <summary>Decodes a method's IL.</summary>
    public static IEnumerable<NativeInstruction> Read(byte[] code)
    {
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == 0xFE)
            {
                value = (short)((0xFE << 8) | code[at++]);
            }

            OpCode opCode = s_opCodes[value];
            int operand = 0;
            int length;
            switch (opCode.OperandType)
            {
                case OperandType.InlineNone:
                    length = 0;
                    break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar:
                    operand = (sbyte)code[at];
                    length = 1;
                    break;
                case OperandType.InlineVar:
                    length = 2;
                    break;
                case OperandType.InlineI8 or OperandType.InlineR:
                    length = 8;
                    break;
                case OperandType.InlineSwitch:
                    length = 4 + (4 * BitConverter.ToInt32(code, at));
                    break;
                default:
                    operand = BitConverter.ToInt32(code, at);
                    length = 4;
                    break;
            }

            at += length;
            yield return new NativeInstruction(opCode, operand);
        }
    }
}
