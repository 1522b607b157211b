using System.CommandLine;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// One verb of the command line: one file, and one row in <see cref="CommandModules"/> or among the <see cref="Verbs"/> of a noun.
/// </summary>
internal interface ICommandModule
{
    /// <summary>
    /// The verb with its arguments, options and action. The action writes only to <paramref name="console"/> and returns an
    /// <see cref="ExitCode"/>.
    /// </summary>
    Command Build(ToolConsole console);

    /// <summary>The example at the end of the verb's help: a command line that works.</summary>
    CommandExample Example { get; }

    /// <summary>The verbs of a noun, in the order of its help; a noun has no action of its own. Empty for a verb.</summary>
    IReadOnlyList<ICommandModule> Verbs => [];
}
