using KernelSim.HostBpf;

namespace KernelSim.Bytecode.Tests;

/// <summary>Random programs in both engines and in the host's own kernel. The seed of a failure is in its message.</summary>
public sealed class HostDifferentialTests
{
    private const int Part = 2000;

    private static readonly byte[] s_memory = [.. Enumerable.Range(0, HostProgram.MemorySize).Select(i => (byte)(i * 37))];

    /// <summary>Where each part of a long run begins: a test has only so much time.</summary>
    public static TheoryData<int> Parts => [.. Enumerable.Range(1, 15).Select(i => i * Part)];

    [Fact]
    public void TheHostKernelAgreesOnRandomPrograms() => Compare(0, 300);

    [Theory]
    [MemberData(nameof(Parts))]
    public void TheHostKernelAgreesOnVeryManyRandomPrograms(int first)
    {
        LongRuns.Require();
        Compare(first, Part);
    }

    private static void Compare(int first, int count)
    {
        string? whyNot = HostBpfMap.WhyUnavailable();
        Assert.SkipWhen(whyNot is not null, whyNot ?? string.Empty);
        using HostBpfMap memory = HostBpfMap.Create(HostMapType.Array, sizeof(uint), HostProgram.MemorySize, maxEntries: 1);
        for (int seed = first; seed < first + count; seed++)
        {
            try
            {
                HostProgram program = new(seed);
                Outcome ours = Both.Run(program.Image, s_memory);
                Assert.Null(ours.Fault);
                Assert.Equal(OfHost(program, memory), ((uint)ours.R0, ours.Memory));
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}", failure);
            }
        }
    }

    private static (uint R0, string Memory) OfHost(HostProgram program, HostBpfMap memory)
    {
        byte[] value = [.. s_memory];
        Assert.Equal(0, memory.Update(new byte[sizeof(uint)], value));
        using HostBpfProgram loaded = program.Load(memory);
        Assert.Equal(0, loaded.TestRun(new byte[14], 1, out uint result));
        Assert.Equal(0, memory.Lookup(new byte[sizeof(uint)], value));
        return (result, Convert.ToHexStringLower(value));
    }
}
