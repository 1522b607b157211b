namespace KernelSim.Tool.CommandLine;

/// <summary>The exit codes of the command.</summary>
internal static class ExitCode
{
    /// <summary>Success.</summary>
    public const int Done = 0;

    /// <summary>The operation failed; the reason is on stderr.</summary>
    public const int Failed = 1;

    /// <summary>The command was used wrongly; the reason is on stderr.</summary>
    public const int WrongUsage = 2;

    /// <summary>
    /// Nobody reads standard output any more. What a shell reports of a command that SIGPIPE ends; the runtime ignores that signal.
    /// </summary>
    public const int ReaderIsGone = 128 + 13;

    /// <summary>What a shell reports of a command that SIGINT ends.</summary>
    public const int Interrupted = 128 + 2;
}
