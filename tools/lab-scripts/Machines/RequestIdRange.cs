namespace KernelSim.LabScripts.Machines;

/// <summary>Ranges of request ids, by which a recording tells the machines of one host process apart.</summary>
internal static class RequestIdRange
{
    private const int BitsOfRequests = 40;

    /// <summary>
    /// The number below the first id of a machine that only this thread runs: machines that run at the same time have threads of their own.
    /// </summary>
    public static ulong OfThisThread => (ulong)(Environment.CurrentManagedThreadId - 1) << BitsOfRequests;
}
