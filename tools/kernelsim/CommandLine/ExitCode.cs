namespace KernelSim.Tool.CommandLine;

/// <summary>What the command's exit code says.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>The operation failed; the reason is on stderr.</summary>
    public const int Failed = 1;

    /// <summary>The command was used wrongly; the help is on stderr.</summary>
    public const int WrongUsage = 2;
}
