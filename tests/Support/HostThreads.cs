using System.Runtime.ExceptionServices;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>Runs pieces of a test side by side, each on a host thread of its own.</summary>
internal static class HostThreads
{
    /// <summary>Runs all, waits for all, and fails with the first failure.</summary>
    public static void Run(params Action[] pieces)
    {
        Exception?[] failures = new Exception?[pieces.Length];
        Thread[] threads = [.. pieces.Select((piece, i) => new Thread(() => failures[i] = Try(piece)))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        if (Array.Find(failures, f => f is not null) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private static Exception? Try(Action piece)
    {
        try
        {
            piece();
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }
}
