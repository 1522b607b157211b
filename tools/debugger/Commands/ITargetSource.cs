using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Commands;

/// <summary>Where a session gets its target from: once for a dump, for each line of commands anew for a process that goes on in between.</summary>
internal interface ITargetSource : IDisposable
{
    /// <summary>The target, ready to be read. A live process is stopped from now on.</summary>
    /// <exception cref="TargetReadException">It cannot be read.</exception>
    IDebugTarget Acquire();

    /// <summary>The commands of a line are done: a live process goes on.</summary>
    void Release();
}
