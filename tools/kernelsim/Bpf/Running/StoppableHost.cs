using KernelSim.Bytecode;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Bpf.Running;

/// <summary>What a program finds that runs outside of a machine: one helper. Ctrl-C ends it.</summary>
internal sealed class StoppableHost : BytecodeHost, IDisposable
{
    /// <summary>The helper of bpf_conformance: it returns r1.</summary>
    public const uint Identity = 5;

    private readonly StopSignal _stop;
    private volatile bool _isStopped;

    public StoppableHost() => _stop = new StopSignal(duration: null, () => _isStopped = true);

    /// <inheritdoc/>
    public override bool IsStopped => _isStopped;

    /// <inheritdoc/>
    public override ulong CallHelper(ref BytecodeRun run, uint id, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5)
    {
        if (id == Identity)
        {
            return r1;
        }

        run.RefuseCall(BytecodeFaultKind.UnknownHelper, $"helper {id} called, expected {Identity}, the only one outside of a machine,");
        return 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _stop.Dispose();
}
