using System.Runtime.ExceptionServices;

namespace KernelSim.Tests;

/// <summary>Runs pieces of a test side by side, each on a host thread of its own.</summary>
internal static class HostThreads
{
    /// <summary>Runs all, waits for all, and fails with the first failure.</summary>
    public static void Run(params Action[] pieces)
    {
        HostThread[] threads = [.. pieces.Select(piece => HostThread.Run(piece))];
        Exception?[] thrown = [.. threads.Select(thread => Record.Exception(thread.Join))];
        if (Array.Find(thrown, e => e is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
