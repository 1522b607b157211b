using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Commands;

/// <summary>For commands: the target of the session.</summary>
internal interface ITargetAccess
{
    /// <summary>The target, while a command runs.</summary>
    IDebugTarget Target { get; }

    /// <summary>What only some targets can do.</summary>
    /// <param name="what">What it is, for the message if this target cannot: <c>stacks</c>.</param>
    /// <exception cref="CommandException">This target cannot.</exception>
    T Require<T>(string what)
        where T : class => Target as T ?? throw new CommandException($"{Target.Name} has no {what}, expected a process or a dump");
}
