using System.Runtime.CompilerServices;

namespace KernelSim.Tests;

/// <summary>
/// The path of a diagnostics port's socket has at most 107 bytes, which a long TMPDIR exceeds. Programs that tests start then get TMPDIR=/tmp.
/// This process's own runtime has already failed to create its port.
/// </summary>
internal static class ShortTempFolder
{
    private const int Longest = 60;

    /// <summary>Whether TMPDIR was short enough for this process's own diagnostics port.</summary>
    public static bool HasOwnPort { get; } = OperatingSystem.IsWindows() || Path.GetTempPath().Length <= Longest;

    [ModuleInitializer]
    internal static void Shorten()
    {
        if (!HasOwnPort)
        {
            Environment.SetEnvironmentVariable("TMPDIR", "/tmp");
        }
    }
}
