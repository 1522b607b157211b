namespace KernelSim.TraceAnalysis.Failures;

/// <summary>One step back from what the program saw towards what caused it.</summary>
/// <param name="Kind">errno, win32, status, result, check or fault.</param>
/// <param name="Name">The value by name, or the check's id.</param>
/// <param name="Where">Who says so, in a few words.</param>
/// <param name="Position">The event that says so, by its place in the trace; -1 when no event does and the tables do.</param>
public sealed record CauseStep(string Kind, string Name, string Where, int Position);
