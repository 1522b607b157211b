namespace KernelSim.TraceAnalysis.Reports;

/// <summary>The activity of one map, by requests and by programs.</summary>
/// <param name="Id">Id of the map.</param>
/// <param name="Name">Name of the map; empty if unknown.</param>
/// <param name="Type">Map type by bpftool's name; empty if unknown.</param>
/// <param name="Requests">Number of requests that reached it.</param>
/// <param name="HelperCalls">Number of calls of map helpers on it by programs.</param>
/// <param name="Stores">Number of copies into its store; a program that has looked up a value writes to it without one.</param>
/// <param name="StoredBytes">Bytes copied into its store.</param>
/// <param name="Fetches">Number of copies out of its store.</param>
/// <param name="FetchedBytes">Bytes copied out of its store.</param>
public sealed record MapTotals(
    long Id, string Name, string Type, long Requests, long HelperCalls, long Stores, long StoredBytes, long Fetches, long FetchedBytes);
