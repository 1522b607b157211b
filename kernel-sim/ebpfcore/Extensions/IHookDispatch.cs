using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// How a hook provider runs the program of a link, <c>ebpf_extension_program_dispatch_table_t</c>: what a link gives it as the binding's
/// client dispatch. A provider may call from its answer to the attachment until it has let go of the binding in its own
/// <c>Detach</c>; it lets a detaching client's last call end before it says that it has detached.
/// </summary>
/// <remarks>
/// At the program type's required level, on the processor where the event happened. Nothing is allocated. Several programs may run in one
/// batch, of several links too: a batch is the thread's, not the link's. Between its begin and its end the thread is in one epoch, stays
/// on its processor and at its level, and does not wait; batches are kept short, since nothing that they could see is freed meanwhile.
/// </remarks>
public unsafe interface IHookDispatch
{
    /// <summary>Runs the program on an event: a batch of one.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="context">
    /// The context in kernel memory, with a <see cref="ProgramContextHeader"/> right before it. What the program writes stays in it.
    /// </param>
    /// <param name="result">What the program returned; 0 unless it ran.</param>
    /// <returns>
    /// Success, or <see cref="EbpfResult.ExtensionFailedToLoad"/> while the program's type has no provider.
    /// </returns>
    EbpfResult Invoke(KeThread current, byte* context, out uint result);

    /// <summary>Begins a batch.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="batch">The batch.</param>
    void BatchBegin(KeThread current, out HookBatch batch);

    /// <summary>Runs the program within a batch; otherwise as <see cref="Invoke"/>.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="context">The context.</param>
    /// <param name="result">What the program returned.</param>
    EbpfResult BatchInvoke(KeThread current, ref HookBatch batch, byte* context, out uint result);

    /// <summary>Ends a batch.</summary>
    /// <param name="current">The thread.</param>
    /// <param name="batch">The batch.</param>
    void BatchEnd(KeThread current, ref HookBatch batch);
}
