using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.ClrMd;

/// <summary>
/// A process that goes on between the commands: it is stopped and opened for each line of them, and let go before their results are written. So
/// it is never stopped while somebody reads or thinks, and each line shows it as it is then.
/// </summary>
internal sealed class ProcessSource(int pid) : ITargetSource
{
    private ClrMdTarget? _target;

    /// <inheritdoc/>
    public IDebugTarget Acquire() => _target = LiveProcess.Open(pid);

    /// <inheritdoc/>
    public void Release()
    {
        _target?.Dispose();
        _target = null;
    }

    /// <inheritdoc/>
    public void Dispose() => Release();
}
