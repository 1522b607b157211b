using Xunit.Sdk;
using Xunit.v3;

namespace KernelSim.Tests;

/// <summary>
/// The path of a diagnostics port's socket has at most 107 bytes, which a long TMPDIR exceeds. Programs that tests start then get TMPDIR=/tmp.
/// This process's own runtime has already failed to create its port.
/// </summary>
public sealed class ShortTempFolder : ITestPipelineStartup
{
    private const int Longest = 60;

    /// <summary>Whether TMPDIR was short enough for this process's own diagnostics port.</summary>
    public static bool HasOwnPort { get; } = OperatingSystem.IsWindows() || Path.GetTempPath().Length <= Longest;

    public ValueTask StartAsync(IMessageSink diagnosticMessageSink)
    {
        if (!HasOwnPort)
        {
            Environment.SetEnvironmentVariable("TMPDIR", "/tmp");
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask StopAsync() => ValueTask.CompletedTask;
}
