namespace KernelSim.Tool.CommandLine;

/// <summary>A command line that works as it stands, for a help page.</summary>
/// <param name="CommandLine">What to type.</param>
/// <param name="Does">What it does, in a few words.</param>
internal sealed record CommandExample(string CommandLine, string Does);
