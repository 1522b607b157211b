using System.Runtime.ExceptionServices;

namespace KernelSim.Tests;

/// <summary>Runs parts of a test concurrently, each on its own host thread.</summary>
public static class HostThreads
{
    /// <summary>Runs all parts, waits for all of them, and rethrows the first exception.</summary>
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
