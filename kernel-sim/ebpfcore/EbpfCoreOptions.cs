using KernelSim.Bytecode;

namespace KernelSim.EbpfCore;

/// <summary>The driver's configuration: what the real one reads from the machine and from its build.</summary>
public sealed record EbpfCoreOptions
{
    /// <summary>Without engines, as upstream's release build for native modules only.</summary>
    public static EbpfCoreOptions NativeOnly { get; } = new() { Interpreter = null, Compiler = null };

    /// <summary>
    /// Hypervisor code integrity (HVCI): true forbids JIT compilation, and operations that serve nothing else fail with
    /// <c>EBPF_BLOCKED_BY_POLICY</c>.
    /// </summary>
    public bool HypervisorCodeIntegrity { get; init; }

    /// <summary>
    /// The engine for instructions of <see cref="Protocol.EbpfCodeType.Ebpf"/>. Null: there is none, as with <c>CONFIG_BPF_INTERPRETER_DISABLED</c>;
    /// operations that serve only interpreted programs, and loading such code, fail with <c>EBPF_BLOCKED_BY_POLICY</c>.
    /// </summary>
    public IBytecodeEngine? Interpreter { get; init; } = new BytecodeInterpreter();

    /// <summary>
    /// The engine for code of <see cref="Protocol.EbpfCodeType.Jit"/>, which then consists of instructions: the compiler is on this side of the
    /// boundary. Null: such code is machine code, as in upstream; it is stored, and returns 0 when it runs.
    /// </summary>
    public IBytecodeEngine? Compiler { get; init; } = new BytecodeCompiler();

    /// <summary>
    /// True if maps obey the rules of Linux where those of eBPF for Windows differ and the store decides: <c>max_entries</c> limits hash maps, hash
    /// maps of maps and LPM tries (<c>EBPF_OUT_OF_SPACE</c>); a program's update of a key that is in a per-CPU map with <c>BPF_NOEXIST</c> fails with
    /// <c>EBPF_OBJECT_ALREADY_EXISTS</c>; an inner map may have another <c>max_entries</c> than the template.
    /// </summary>
    public bool LinuxMapRules { get; init; }

    /// <summary>The source lines of programs, for bugchecks and traces; null if nobody collects them.</summary>
    public IProgramSymbols? Symbols { get; init; }

    /// <summary>Mistakes that the driver once made; none by default.</summary>
    public EbpfCoreDefects Defects { get; init; }

    /// <summary>True if the machine accepts test-signed drivers; only reported.</summary>
    public bool TestSigning { get; init; }
}
