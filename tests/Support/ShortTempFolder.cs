using System.Runtime.CompilerServices;

namespace KernelSim.Tests;

/// <summary>
/// A long TMPDIR leaves no room for the sockets of diagnostics ports, whose paths have at most 107 bytes. Programs that tests start get a
/// shorter one; this process's own runtime has none then.
/// </summary>
internal static class ShortTempFolder
{
    private const int Longest = 60;

    /// <summary>Whether the diagnostics port of this process had a place.</summary>
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
