namespace KernelSim.Tool.CommandLine;

/// <summary>A verb that reads whole command lines itself, because another tool's rules hold for them.</summary>
internal interface ILineVerb
{
    /// <summary>Runs a command line.</summary>
    /// <param name="args">The words after the tool's name.</param>
    /// <param name="console">The streams to read from and write to.</param>
    /// <param name="exitCode">The exit code.</param>
    /// <returns>False if the line is another verb's.</returns>
    bool TryRun(IReadOnlyList<string> args, ToolConsole console, out int exitCode);
}
