namespace KernelSim.Tests;

/// <summary>Tests that take a minute or more each. They run where <see cref="Variable"/> is 1, which <c>.ci/long</c> sets.</summary>
public static class LongRuns
{
    /// <summary>The environment variable that asks for them.</summary>
    public const string Variable = "KERNELSIM_LONG_RUNS";

    /// <summary>Skips the calling test unless they were asked for.</summary>
    public static void Require() => Assert.SkipUnless(
        Environment.GetEnvironmentVariable(Variable) == "1", $"It takes long: .ci/long, or any run of the tests with {Variable}=1, includes it.");
}
