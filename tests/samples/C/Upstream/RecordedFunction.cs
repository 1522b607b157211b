using System.Globalization;
using System.Text.RegularExpressions;
using KernelSim.Bytecode;

namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>A function as upstream recorded it: <c>tests/bpf2c_tests/expected/NAME_raw.c</c> has each instruction in a comment.</summary>
/// <param name="Name">Name of the function.</param>
/// <param name="Instructions">Each instruction by its slot; an <c>lddw</c> has the second one without being listed there.</param>
internal sealed partial record RecordedFunction(string Name, IReadOnlyList<(int Slot, BpfInstruction Instruction)> Instructions)
{
    /// <summary>The functions of a sample.</summary>
    public static IEnumerable<RecordedFunction> Of(string sample)
    {
        string text = File.ReadAllText(UpstreamCheckout.PathOf("tests", "bpf2c_tests", "expected", $"{sample}_raw.c"));
        return Function().Matches(text).Select(f => new RecordedFunction(
            f.Groups["name"].Value,
            [.. Instruction().Matches(f.Groups["body"].Value).Select(i => (Number(i, "slot"), Decoded(i)))]));
    }

    private static BpfInstruction Decoded(Match match) => new(
        RecordedOpcode.Of(match.Groups["opcode"].Value),
        Number(match, "destination"),
        Number(match, "source"),
        (short)Number(match, "offset"),
        Number(match, "immediate"));

    private static int Number(Match match, string group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<name>\w+)\((?:void\* context|uint64_t r1)[^;{]*\{(?<body>.*?)^\}",
        RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Function();

    [GeneratedRegex(
        @"// EBPF_OP_(?<opcode>\w+) pc=(?<slot>\d+) dst=r(?<destination>\d+) src=r(?<source>\d+) offset=(?<offset>-?\d+) imm=(?<immediate>-?\d+)")]
    private static partial Regex Instruction();
}
