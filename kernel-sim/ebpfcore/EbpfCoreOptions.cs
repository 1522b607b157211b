using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore;

/// <summary>The driver's configuration: what the real one reads from the machine and from its build.</summary>
public sealed record EbpfCoreOptions
{
    /// <summary>
    /// Hypervisor code integrity (HVCI): true forbids JIT compilation, and operations that serve nothing else fail with
    /// <c>EBPF_BLOCKED_BY_POLICY</c>.
    /// </summary>
    public bool HypervisorCodeIntegrity { get; init; }

    /// <summary>
    /// The engine that runs bytecode. Null: none is built in, as with <c>CONFIG_BPF_INTERPRETER_DISABLED</c>; operations that serve only
    /// interpreted programs, and loading bytecode, fail with <c>EBPF_BLOCKED_BY_POLICY</c>.
    /// </summary>
    public IBytecodeEngine? Interpreter { get; init; }

    /// <summary>True if the machine accepts test-signed drivers; only reported.</summary>
    public bool TestSigning { get; init; }
}
