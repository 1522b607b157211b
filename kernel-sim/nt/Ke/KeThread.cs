using KernelSim.Nt.Ps;
using KernelSim.Protocol.Checks;

namespace KernelSim.Nt.Ke;

/// <summary>
/// A host thread while it executes in a machine's kernel: which processor it is on, at which IRQL, for which process and request.
/// Only its own host thread may touch it. Kernel code passes it down as <c>current</c>.
/// </summary>
public sealed class KeThread
{
    internal KeThread(Machine machine)
    {
        Machine = machine;
    }

    /// <summary>The calling host thread's kernel context; it must be in the kernel.</summary>
    public static KeThread Current => throw null!;

    /// <summary>The machine.</summary>
    public Machine Machine { get; }

    /// <summary>The processor that this thread is on.</summary>
    public KeProcessor Processor => throw null!;

    /// <summary>The number of <see cref="Processor"/>.</summary>
    public int ProcessorNumber => throw null!;

    /// <summary>The level at which it runs.</summary>
    public Irql Irql => throw null!;

    /// <summary>The process on whose behalf it runs; null for the system.</summary>
    public PsProcess? Process => throw null!;

    /// <summary>The request on whose behalf it runs; 0 outside one.</summary>
    public ulong RequestId { get; set; }

    /// <summary>Raises the IRQL until the scope ends. Raising to DISPATCH_LEVEL waits until this thread is alone on its processor.</summary>
    public IrqlScope RaiseIrql(Irql irql) => throw null!;

    /// <summary>
    /// Traces one check (<c>SizeCheck</c>); if it failed also remembers the refusal under the request id and traces
    /// <c>InvalidArgument</c> with the check's result, its NTSTATUS and errno.
    /// </summary>
    /// <param name="passed">What the comparison said.</param>
    /// <param name="check">The row of the check table.</param>
    /// <param name="site">The function that checks, such as <c>ebpfcore:map_update_batch</c>.</param>
    /// <param name="given">What came.</param>
    /// <param name="expected">What should have come.</param>
    /// <returns><paramref name="passed"/>.</returns>
    public bool Require(bool passed, Check check, string site, long given, long expected) => throw null!;
}
