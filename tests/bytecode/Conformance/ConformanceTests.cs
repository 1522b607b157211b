namespace KernelSim.Bytecode.Tests;

public sealed class ConformanceTests
{
    public static TheoryData<string> EngineNames => Engines.Names;

    [Theory]
    [MemberData(nameof(EngineNames))]
    public void AllCasesOfBpfConformanceGiveTheRightResult(string name)
    {
        Assert.Equal(313, ConformanceCase.All.Count);
        Assert.All(ConformanceCase.All, test =>
        {
            Outcome outcome = Outcome.Of(Engines.Named(name), BytecodeImage.FromBytes(test.Program, test.Name), test.Memory);
            Assert.Null(outcome.Fault);
            Assert.Equal(test.Result, outcome.R0);
        });
    }
}
