namespace KernelSim.TraceAnalysis.Failures;

/// <summary>One step back from what the program saw towards the cause.</summary>
/// <param name="Kind">errno, win32, status, result, check or fault.</param>
/// <param name="Name">The value by name, or the check's id.</param>
/// <param name="Where">The source of the value, in a few words.</param>
/// <param name="Position">Position of the event that contains it; -1 if it comes from the conversion tables.</param>
public sealed record CauseStep(string Kind, string Name, string Where, int Position);
