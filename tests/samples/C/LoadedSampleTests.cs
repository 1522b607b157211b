using KernelSim.Protocol;
using KernelSim.Samples.Tests.Programs;
using KernelSim.UserMode;

namespace KernelSim.Samples.Tests.C;

/// <summary>The objects of <c>samples/c</c>, loaded into a machine.</summary>
public sealed class LoadedSampleTests : IDisposable
{
    private readonly ProgramLab _lab = new();

    public static TheoryData<string> Objects => [.. SampleFiles.Objects.Where(o => !o.Contains('/', StringComparison.Ordinal))];

    public void Dispose() => _lab.Dispose();

    [Theory]
    [MemberData(nameof(Objects))]
    public void Each_object_loads_into_both_engines(string name)
    {
        foreach (EbpfExecutionType engine in (EbpfExecutionType[])[EbpfExecutionType.Interpret, EbpfExecutionType.Jit])
        {
            using BpfModule module = _lab.Session.LoadModule(SampleFiles.PathOf(name), execution: engine);
            Assert.NotEmpty(module.Programs);
        }
    }
}
