namespace KernelSim.Bytecode.Tests;

/// <summary>Random programs in both engines. The seed of a failure is in its message.</summary>
public sealed class DifferentialTests
{
    private const ulong Budget = 200;

    [Fact]
    public void BothEnginesAgreeOnRandomPrograms() => Compare(0, 500);

    [Fact]
    public void BothEnginesAgreeOnVeryManyRandomPrograms()
    {
        LongRuns.Require();
        Compare(10_000, 200_000);
    }

    private static void Compare(int first, int count)
    {
        byte[] memory = [.. Enumerable.Range(0, 64).Select(i => (byte)(i * 37))];
        int faults = 0;
        for (int seed = first; seed < first + count; seed++)
        {
            try
            {
                faults += Both.Run(RandomProgram.Of(seed), memory, budget: Budget).Fault is null ? 0 : 1;
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException($"seed {seed}", failure);
            }
        }

        // Neither all of them end early nor none.
        Assert.InRange(faults, count / 20, count * 19 / 20);
    }
}
