using System.Runtime.Versioning;

namespace KernelSim.Nt.Ke;

/// <summary>Whether the host has threads: a browser's page has one, which must not block.</summary>
/// <remarks>
/// On such a host a system worker runs on the stack of the thread that gives it its turn. A wait then ends when a work item satisfies it, or with its
/// timeout at once, since nothing else can happen meanwhile.
/// </remarks>
public static class HostConcurrency
{
    /// <summary>Whether code may start threads and block.</summary>
    [UnsupportedOSPlatformGuard("browser")]
    [UnsupportedOSPlatformGuard("wasi")]
    public static bool HasThreads => !OperatingSystem.IsBrowser() && !OperatingSystem.IsWasi();

    /// <summary>A wait without a timeout that nobody can end.</summary>
    internal static PlatformNotSupportedException NobodyElse() =>
        new("A thread of the machine waits for another one, and this host has no more than one thread: the wait would never end.");
}
