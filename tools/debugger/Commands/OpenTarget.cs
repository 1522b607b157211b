using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Commands;

/// <summary>A target that stays open for the whole session: a dump, a process that is held, this process.</summary>
internal sealed class OpenTarget(IDebugTarget target) : ITargetSource
{
    /// <inheritdoc/>
    public IDebugTarget Acquire() => target;

    /// <inheritdoc/>
    public void Release()
    {
        // It stays open.
    }

    /// <inheritdoc/>
    public void Dispose() => target.Dispose();
}
