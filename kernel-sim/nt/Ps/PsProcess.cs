using KernelSim.Nt.Mm;
using KernelSim.Nt.Ob;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ps;

/// <summary>A simulated user process: token, address space, handles, and the gate that its code calls through.</summary>
public sealed class PsProcess : ObObject
{
    internal PsProcess(Machine machine)
        : base(machine, "Process")
    {
    }

    /// <summary>Its id, a multiple of 4.</summary>
    public int Id => throw null!;

    /// <summary>Its image name, for traces and debuggers.</summary>
    public string Name => throw null!;

    /// <summary>Who it runs as.</summary>
    public Token Token => throw null!;

    /// <summary>Its memory.</summary>
    public UserAddressSpace Memory => throw null!;

    /// <summary>Its handles.</summary>
    public HandleTable Handles => throw null!;

    /// <summary>What its code uses to reach the machine.</summary>
    public ISystemGate Gate => throw null!;

    /// <summary>True once it has begun to end.</summary>
    public bool HasExited => throw null!;

    /// <summary>Its exit status, once it has ended.</summary>
    public NtStatus? ExitStatus => throw null!;

    /// <summary>The fault that ended it, if one did.</summary>
    public AccessViolation? Fault => throw null!;

    /// <summary>
    /// Ends it, from any thread and at any moment: cancels its pending requests, closes its handles, frees its memory when the last call
    /// in progress has left. Ending it twice does nothing.
    /// </summary>
    public void Terminate(NtStatus exitStatus) => throw null!;

    /// <inheritdoc/>
    protected override void Destroy() => throw null!;
}
