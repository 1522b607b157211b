namespace KernelSim.Tool.Story;

/// <summary>A step of a call path.</summary>
/// <param name="Who">Application, library, I/O manager or driver.</param>
/// <param name="What">What it was doing.</param>
internal sealed record PathStep(string Who, Run What);
