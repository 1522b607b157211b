namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>
/// Tests that listen to the trace run alone: the providers are one for the whole process, and listening changes every machine's path.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TraceCollection
{
    public const string Name = "trace";
}
