using KernelSim.EbpfCore.Extensions;

namespace KernelSim.EbpfCore;

/// <summary>How the driver is configured: what the real one reads from the machine and from its build.</summary>
public sealed record EbpfCoreOptions
{
    /// <summary>
    /// Hypervisor code integrity (HVCI): true forbids JIT compilation, and operations that serve nothing else answer
    /// <c>EBPF_BLOCKED_BY_POLICY</c>.
    /// </summary>
    public bool HypervisorCodeIntegrity { get; init; }

    /// <summary>
    /// The engine that runs bytecode. Null: none is built in, as with <c>CONFIG_BPF_INTERPRETER_DISABLED</c>; operations that serve
    /// interpreted programs only, and loading bytecode, answer <c>EBPF_BLOCKED_BY_POLICY</c>.
    /// </summary>
    public IBytecodeEngine? Interpreter { get; init; }

    /// <summary>True when the machine accepts test-signed drivers; only reported.</summary>
    public bool TestSigning { get; init; }
}
