using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// How a hook provider runs the program of a link, <c>ebpf_extension_program_dispatch_table_t</c>: a link passes it as the binding's
/// client dispatch. A provider may call it from the moment it accepts the attachment until it releases the binding in its own
/// <c>Detach</c>; it waits for a detaching client's last call to return before it reports that it has detached.
/// </summary>
/// <remarks>
/// At the program type's required level, on the processor where the event happened. Nothing is allocated. Several programs may run in one
/// batch, also of several links: a batch belongs to the thread, not to the link. Between begin and end of a batch the thread is in one epoch, stays
/// on its processor and at its level, and does not wait. Batches should be short, since nothing that they could see is freed meanwhile.
/// </remarks>
public unsafe interface IHookDispatch
{
    /// <summary>Runs the program on an event: a batch of one.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="context">
    /// The context in kernel memory, with a <see cref="ProgramContextHeader"/> right before it. Changes made by the program stay in it.
    /// </param>
    /// <param name="result">The program's return value; 0 if it did not run.</param>
    /// <returns>
    /// Success, or <see cref="EbpfResult.ExtensionFailedToLoad"/> while the program's type has no provider.
    /// </returns>
    EbpfResult Invoke(KeThread current, byte* context, out uint result);

    /// <summary>Begins a batch.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="batch">State of the batch, to pass to each run and to the end.</param>
    void BatchBegin(KeThread current, out HookBatch batch);

    /// <summary>Runs the program within a batch; otherwise like <see cref="Invoke"/>.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="batch">The batch that <see cref="BatchBegin"/> began.</param>
    /// <param name="context">The context, as for <see cref="Invoke"/>.</param>
    /// <param name="result">The program's return value.</param>
    EbpfResult BatchInvoke(KeThread current, ref HookBatch batch, byte* context, out uint result);

    /// <summary>Ends a batch.</summary>
    /// <param name="current">The calling thread's kernel context.</param>
    /// <param name="batch">The batch that <see cref="BatchBegin"/> began.</param>
    void BatchEnd(KeThread current, ref HookBatch batch);
}
