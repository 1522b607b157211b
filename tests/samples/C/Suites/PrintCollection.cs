namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>Tests that listen to machines' events.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class PrintCollection
{
    public const string Name = "What programs print";
}
