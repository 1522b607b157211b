using System.Globalization;
using KernelSim.Bytecode;
using KernelSim.Tool.Bpf.Running;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Questions;

/// <summary>A question about what a program returns.</summary>
/// <param name="Statements">The program, without its last statement, which returns <c>a</c>.</param>
internal sealed record ProgramQuestion(IReadOnlyList<CStatement> Statements)
    : Question("Which number does the program return in r0? __u32 is an unsigned number of 32 bits.", AnswerForm.Number)
{
    private const string Engine = "interpreter";

    /// <inheritdoc/>
    public override string Setting => "An engine runs this program as bytecode:";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Listing =>
        ["int program(void *ctx)", "{", .. Statements.Append(CStatement.Return).Select(s => "    " + s.Text), "}"];

    /// <summary>The program as bytes.</summary>
    public byte[] Code => CodeOf(Statements.Count);

    /// <inheritdoc/>
    public override Solution Solve(bool explains)
    {
        using StoppableHost host = new();
        ulong[] values = [.. (explains ? Enumerable.Range(1, Statements.Count) : [Statements.Count]).Select(count => Run(host, count))];
        return new Solution(values[^1].ToString(CultureInfo.InvariantCulture), _ => explains ? Explain(values) : []);
    }

    /// <summary>The program with its first statements only.</summary>
    private byte[] CodeOf(int count)
    {
        BpfInstruction[] code = [.. Statements.Take(count).Append(CStatement.Return).SelectMany(s => s.Code)];
        byte[] bytes = new byte[code.Length * BpfInstruction.Size];
        for (int i = 0; i < code.Length; i++)
        {
            code[i].Write(bytes.AsSpan(i * BpfInstruction.Size));
        }

        return bytes;
    }

    /// <summary>What the program returns after its first statements.</summary>
    private ulong Run(StoppableHost host, int count)
    {
        RunResult result = new ProgramRun(EngineChoice.Named(Engine), host).Of(CodeOf(count), []);
        return result.Error is null ? result.R0 : throw new InvalidOperationException($"a question has an invalid program: {result.Error}");
    }

    private IReadOnlyList<StoryBlock> Explain(ulong[] values) =>
    [
        ProseBlock.Labelled("Why", "The program was run after each of its statements. What does not fit 32 bits is lost, and below 0 the "
            + "numbers go on from the top."),
        new GridBlock(
            "a, after each statement",
            [new("statement"), new("decimal", IsNumber: true), new("hex", IsNumber: true)],
            [
                .. Statements.Select((s, i) => (IReadOnlyList<Run[]>)
                    [[Story.Run.Code(s.Text)], [values[i].ToString(CultureInfo.InvariantCulture)], [Words.Hex(values[i])]]),
            ]),
    ];
}
