namespace KernelSim.Debugger.Commands;

/// <summary>
/// A command of the debugger: one file, and one row in <see cref="CommandTable"/>. What it needs of the session it gets through its constructor;
/// those contracts are valid while <see cref="Run"/> runs.
/// </summary>
internal interface IDebuggerCommand
{
    /// <summary>WinDbg's name, in lower case: <c>!process</c>, <c>dps</c>.</summary>
    string Name { get; }

    /// <summary>Other names.</summary>
    IReadOnlyList<string> Aliases => [];

    /// <summary>What follows the name: <c>[PID [FLAGS]]</c>; empty if nothing does.</summary>
    string Arguments { get; }

    /// <summary>What it shows, in one sentence, for the table of commands.</summary>
    string Summary { get; }

    /// <summary>More about it, for <c>.help</c>; a line each.</summary>
    IReadOnlyList<string> Details => [];

    /// <summary>Whether it reads the target: a live process is stopped meanwhile.</summary>
    bool ReadsTarget => true;

    /// <summary>
    /// Runs it. What it cannot read of a part it notes in the result, and goes on; what it cannot read at all, and wrong arguments, it throws.
    /// </summary>
    /// <exception cref="CommandException">The arguments are wrong, or there is no such thing.</exception>
    /// <exception cref="Targets.TargetReadException">The target cannot be read.</exception>
    void Run(CommandCall call);
}
