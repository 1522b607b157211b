namespace KernelSim.Tool.CommandLine;

/// <summary>A working command line for a help page.</summary>
/// <param name="CommandLine">The command line to type.</param>
/// <param name="Does">What it does, in a few words.</param>
internal sealed record CommandExample(string CommandLine, string Does);
