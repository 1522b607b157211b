namespace KernelSim.Bytecode;

/// <summary>The faults that are no bad access.</summary>
internal static class RunFault
{
    /// <summary>The jumps backwards after which the host is asked again whether to go on.</summary>
    public const int Chunk = 1 << 14;

    public static BytecodeFault Of(ref BytecodeRun run, BytecodeFaultKind kind, string text) =>
        new(kind, NameOf(ref run), run.CurrentInstruction, $"{text} at instruction {InstructionText(ref run)}");

    public static BytecodeFault OfBudget(ref BytecodeRun run) =>
        Of(ref run, BytecodeFaultKind.Budget, "the budget of jumps backwards is used up");

    public static string NameOf(ref BytecodeRun run) => run.Program?.Name ?? "program";

    /// <summary>The current instruction: <c>12 (r1 = r2)</c>.</summary>
    public static string InstructionText(ref BytecodeRun run) => run.Program is { } program
        ? $"{run.CurrentInstruction} ({Disassembly.TextOf(program.Instructions.AsSpan(), run.CurrentInstruction)})"
        : $"{run.CurrentInstruction}";
}
