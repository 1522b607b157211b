namespace KernelSim.TraceAnalysis.Reports;

/// <summary>What one map saw, of requests and of programs.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name, as far as the trace says; else empty.</param>
/// <param name="Type">Its type by bpftool's name, as far as the trace says; else empty.</param>
/// <param name="Requests">Requests that reached it.</param>
/// <param name="HelperCalls">Calls of map helpers on it by programs.</param>
/// <param name="Stores">Copies into its store; a program that has looked a value up writes to it without one.</param>
/// <param name="StoredBytes">Bytes of them.</param>
/// <param name="Fetches">Copies out of its store.</param>
/// <param name="FetchedBytes">Bytes of them.</param>
public sealed record MapTotals(
    long Id, string Name, string Type, long Requests, long HelperCalls, long Stores, long StoredBytes, long Fetches, long FetchedBytes);
