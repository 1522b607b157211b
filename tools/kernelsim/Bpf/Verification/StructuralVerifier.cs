using KernelSim.Bytecode;
using KernelSim.ObjectFiles;
using KernelSim.Protocol.Checks;

namespace KernelSim.Tool.Bpf.Verification;

/// <summary>The structural check, as the library makes it before it loads a program.</summary>
internal sealed class StructuralVerifier : IProgramVerifier
{
    /// <inheritdoc/>
    public string Name => "structure";

    /// <inheritdoc/>
    public string Scope =>
        "Only the structure is checked: encodings, jumps, calls and helpers. What a program does with memory is checked while it runs.";

    /// <inheritdoc/>
    public Verdict Verify(ProgramToVerify program)
    {
        if (ExternOf(program) is { } missing)
        {
            return new Verdict([missing], []);
        }

        BpfInstruction[] code = program.Resolved();
        CheckedProgram check = new(code, new StructuralOptions { HasHelper = program.Type.Helpers.Contains });
        StructuralProblem? problem = StructuralCheck.Run(check, out ControlFlow? flow);
        VerdictReason[] reasons = problem is null ? []
            : [new(problem.Rule.Id, problem.Instruction, problem.Text) { Given = problem.Given, Expected = problem.Expected }];

        // Control can be followed where each instruction is right on its own.
        flow ??= problem?.Rule is ProgramRule ? ControlFlow.Of(check) : null;
        return new Verdict(reasons, flow is null ? [] : [.. Known(program.Program, flow)]);
    }

    /// <summary>An extern that the program cannot do without: the driver gives programs none.</summary>
    private static VerdictReason? ExternOf(ProgramToVerify program)
    {
        foreach (ExternReference reference in program.Program.ExternReferences)
        {
            ObjectExtern used = program.File.Externs[reference.Extern];
            if (!used.IsWeak)
            {
                string text = $"instruction {reference.Instruction}: extern '{used.Name}' given, expected a function or variable of the object";
                return new VerdictReason(CheckTable.ApiObjectExtern.Id, reference.Instruction, text);
            }
        }

        return null;
    }

    private static IEnumerable<KnownBefore> Known(ObjectProgram program, ControlFlow flow)
    {
        Dictionary<int, FunctionFlow> owners = [];
        foreach (FunctionFlow function in flow.Functions)
        {
            foreach (int at in function.Instructions)
            {
                owners.TryAdd(at, function);
            }
        }

        for (int at = 0; at < program.Instructions.Length; at += program.Instructions[at].IsWide ? 2 : 1)
        {
            yield return new KnownBefore(at, [owners.TryGetValue(at, out FunctionFlow? owner) ? Frames(owner) : "not reached"]);
        }
    }

    private static string Frames(FunctionFlow function)
    {
        int[] frames = [.. function.FrameNumbers];
        return frames.Length == 0 ? "reached" : $"frame {string.Join(" or ", frames)}";
    }
}
