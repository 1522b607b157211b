using static KernelSim.Bytecode.Tests.Code;

namespace KernelSim.Bytecode.Tests;

public sealed class StructuralCheckTests
{
    [Theory]
    [InlineData("", "bytecode.length", 0)]
    [InlineData("ff00000000000000 9500000000000000", "bytecode.opcode", 0)]
    [InlineData("b700000000000000 2000000000000000 9500000000000000", "bytecode.opcode", 1)]
    [InlineData("5010000000000000 9500000000000000", "bytecode.opcode", 0)]
    [InlineData("df00000010000000 9500000000000000", "bytecode.opcode", 0)]
    [InlineData("8e00000000000000 9500000000000000", "bytecode.opcode", 0)]
    [InlineData("8f00000000000000 9500000000000000", "bytecode.opcode", 0)]
    [InlineData("9900000000000000 9500000000000000", "bytecode.opcode", 0)]
    [InlineData("b70b000000000000 9500000000000000", "bytecode.register", 0)]
    [InlineData("bfb0000000000000 9500000000000000", "bytecode.register", 0)]
    [InlineData("0501000000000000 9500000000000000", "bytecode.reserved_destination", 0)]
    [InlineData("8501000001000000 9500000000000000", "bytecode.reserved_destination", 0)]
    [InlineData("9501000000000000", "bytecode.reserved_destination", 0)]
    [InlineData("b710000000000000 9500000000000000", "bytecode.reserved_source", 0)]
    [InlineData("8520000000000000 9500000000000000", "bytecode.reserved_source", 0)]
    [InlineData("8d10000000000000 9500000000000000", "bytecode.reserved_source", 0)]
    [InlineData("1870000000000000 0000000000000000 9500000000000000", "bytecode.reserved_source", 0)]
    [InlineData("7a1af8ff00000000 9500000000000000", "bytecode.reserved_source", 0)]
    [InlineData("d710000010000000 9500000000000000", "bytecode.reserved_source", 0)]
    [InlineData("0700010000000000 9500000000000000", "bytecode.reserved_offset", 0)]
    [InlineData("3700020001000000 9500000000000000", "bytecode.reserved_offset", 0)]
    [InlineData("b700080000000000 9500000000000000", "bytecode.reserved_offset", 0)]
    [InlineData("bc00200000000000 9500000000000000", "bytecode.reserved_offset", 0)]
    [InlineData("bf00180000000000 9500000000000000", "bytecode.reserved_offset", 0)]
    [InlineData("0600010000000000 9500000000000000", "bytecode.reserved_offset", 0)]
    [InlineData("9500010000000000", "bytecode.reserved_offset", 0)]
    [InlineData("0f00000001000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("8700000001000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("d400000008000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("6110000001000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("630af8ff01000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("db0af8ff02000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("db0af8ffe0000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("0500000001000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("1d10000001000000 9500000000000000", "bytecode.reserved_immediate", 0)]
    [InlineData("9500000001000000", "bytecode.reserved_immediate", 0)]
    [InlineData("070a000001000000 9500000000000000", "bytecode.frame_pointer", 0)]
    [InlineData("791a000000000000 9500000000000000", "bytecode.frame_pointer", 0)]
    [InlineData("dba1000001000000 9500000000000000", "bytecode.frame_pointer", 0)]
    [InlineData("1800000000000000", "bytecode.lddw", 0)]
    [InlineData("1800000000000000 b700000000000000 9500000000000000", "bytecode.lddw", 0)]
    [InlineData("1810000001000000 0000000000000000 9500000000000000", "bytecode.reference", 0)]
    [InlineData("0500050000000000 9500000000000000", "bytecode.jump_target", 0)]
    [InlineData("0500feff00000000 9500000000000000", "bytecode.jump_target", 0)]
    [InlineData("06000000ffffff7f 9500000000000000", "bytecode.jump_target", 0)]
    [InlineData("1500010000000000 1800000000000000 0000000000000000 9500000000000000", "bytecode.jump_target", 0)]
    [InlineData("8510000009000000 9500000000000000", "bytecode.call_target", 0)]
    [InlineData("b700000000000000", "bytecode.fall_off", 0)]
    [InlineData("1500010000000000 9500000000000000 b700000000000000", "bytecode.fall_off", 2)]
    [InlineData("9500000000000000 9500000000000000", "bytecode.unreachable", 1)]
    [InlineData("85100000ffffffff 9500000000000000", "bytecode.recursion", 0)]
    [InlineData("8510000001000000 9500000000000000 85100000ffffffff 9500000000000000", "bytecode.recursion", 2)]
    [InlineData("8510000000000000 9500000000000000", "bytecode.function_boundary", 1)]
    public void AProgramThatBreaksARuleIsRefused(string program, string rule, int instruction)
    {
        BytecodeImage image = BytecodeImage.FromBytes(Convert.FromHexString(program.Replace(" ", "", StringComparison.Ordinal)));
        foreach (IBytecodeEngine engine in Engines.All)
        {
            Assert.Null(engine.Load(image, out StructuralProblem? problem));
            Assert.NotNull(problem);
            Assert.Equal((rule, instruction), (problem.Rule.Id, problem.Instruction));
            Assert.NotEmpty(problem.Text);
        }
    }

    [Fact]
    public void NineFramesAreRefusedAndEightAreNot()
    {
        Assert.Null(StructuralCheck.Run(Chain(8), StructuralOptions.Default));
        StructuralProblem problem = StructuralCheck.Run(Chain(9), StructuralOptions.Default)!;
        Assert.Equal(("bytecode.call_depth", 16, 9L, 8L), (problem.Rule.Id, problem.Instruction, problem.Given, problem.Expected));
    }

    [Fact]
    public void AChainOfAsManyFunctionsAsFitIsRefusedNotCrashed()
    {
        StructuralProblem problem = StructuralCheck.Run(Chain(32_768), StructuralOptions.Default)!;
        Assert.Equal("bytecode.call_depth", problem.Rule.Id);
        Assert.Equal("bytecode.length", StructuralCheck.Run(Chain(32_769), StructuralOptions.Default)!.Rule.Id);
    }

    [Fact]
    public void AHelperThatTheProgramTypeDoesNotHaveIsRefused()
    {
        StructuralOptions options = new() { HasHelper = id => id == 5 };
        Assert.Null(StructuralCheck.Run([Call(5), Exit()], options));
        StructuralProblem problem = StructuralCheck.Run([Call(6), Exit()], options)!;
        Assert.Equal("bytecode.helper", problem.Rule.Id);
        Assert.Equal("instruction 0 (call 6): helper 6, expected one that the program type has", problem.Text);
    }

    [Fact]
    public void ReferencesAreAcceptedBeforeTheyAreResolved() =>
        Assert.Null(StructuralCheck.Run([.. Wide(1, 7, source: 1), Exit()], new StructuralOptions { AllowsReferences = true }));

    [Fact]
    public void EachRuleHasAnIdOfItsOwnATextAndAFix()
    {
        Assert.Equal(StructuralCheck.Rules.Count, StructuralCheck.Rules.Select(rule => rule.Id).Distinct().Count());
        Assert.All(StructuralCheck.Rules, rule =>
        {
            Assert.StartsWith("bytecode.", rule.Id, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Text, StringComparison.Ordinal);
            Assert.EndsWith(".", rule.Fix, StringComparison.Ordinal);
        });
    }

    /// <summary>Functions of two instructions, each of which calls the next; the last one only leaves.</summary>
    private static BpfInstruction[] Chain(int functions) =>
        [.. Enumerable.Range(1, functions).SelectMany(i => (BpfInstruction[])[i < functions ? CallLocal(1) : Mov(0, 0), Exit()])];
}
