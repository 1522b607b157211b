using System.Globalization;
using System.Text.RegularExpressions;

namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>The names of opcodes in the comments that upstream's <c>bpf2c</c> writes, <c>EBPF_OP_ADD64_IMM</c>, without their prefix.</summary>
internal static partial class RecordedOpcode
{
    private const int RegisterOperand = 0x08;

    private static readonly string[] s_alu = ["ADD", "SUB", "MUL", "DIV", "OR", "AND", "LSH", "RSH", "NEG", "MOD", "XOR", "MOV", "ARSH"];

    private static readonly string[] s_jumps =
        ["JA", "JEQ", "JGT", "JGE", "JSET", "JNE", "JSGT", "JSGE", "CALL", "EXIT", "JLT", "JLE", "JSLT", "JSLE"];

    private static readonly Dictionary<string, int> s_sizes = new() { ["W"] = 0x00, ["H"] = 0x08, ["B"] = 0x10, ["DW"] = 0x18 };

    private static readonly Dictionary<string, int> s_accesses = new() { ["LDX"] = 0x61, ["ST"] = 0x62, ["STX"] = 0x63 };

    private static readonly Dictionary<string, byte> s_others = new() { ["LDDW"] = 0x18, ["LE"] = 0xD4, ["BE"] = 0xDC };

    /// <summary>The opcode with a name.</summary>
    public static byte Of(string name)
    {
        if (s_others.TryGetValue(name, out byte other))
        {
            return other;
        }

        if (Atomic().Match(name) is { Success: true } atomic)
        {
            return (byte)(atomic.Groups["wide"].Success ? 0xDB : 0xC3);
        }

        if (Access().Match(name) is { Success: true } access)
        {
            return (byte)(s_accesses[access.Groups["access"].Value] | s_sizes[access.Groups["size"].Value]);
        }

        Match operation = Operation().Match(name);
        string verb = operation.Groups["verb"].Value;
        bool wide = operation.Groups["wide"].Success;
        int source = operation.Groups["operand"].Value == "_REG" ? RegisterOperand : 0;
        int alu = Array.IndexOf(s_alu, verb);
        int jump = Array.IndexOf(s_jumps, verb);
        Assert.True(operation.Success && (alu >= 0 || jump >= 0), string.Create(CultureInfo.InvariantCulture, $"EBPF_OP_{name} is not known here."));
        return (byte)(alu >= 0
            ? (alu << 4) | (wide ? 7 : 4) | source
            : (jump << 4) | (operation.Groups["narrow"].Success ? 6 : 5) | source);
    }

    [GeneratedRegex("^ATOMIC(?<wide>64)?_")]
    private static partial Regex Atomic();

    [GeneratedRegex("^(?<access>LDX|STX|ST)(?<size>DW|W|H|B)$")]
    private static partial Regex Access();

    [GeneratedRegex("^(?<verb>[A-Z]+)(?:(?<wide>64)|(?<narrow>32))?(?<operand>_IMM|_REG)?$")]
    private static partial Regex Operation();
}
