using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Commands;

/// <summary>A target that stays open from the first command to the end of the session: a dump, a process that is held, this process.</summary>
internal sealed class OpenTarget(Func<IDebugTarget> open) : ITargetSource
{
    private IDebugTarget? _target;

    /// <inheritdoc/>
    public IDebugTarget Acquire() => _target ??= open();

    /// <inheritdoc/>
    public void Release()
    {
        // It stays open.
    }

    /// <inheritdoc/>
    public void Dispose() => _target?.Dispose();
}
