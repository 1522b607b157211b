using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>
/// A map of values without keys: what queues and stacks have in common. It can be neither walked nor read in batches; a value is taken by
/// whoever comes first, BPF programs included.
/// </summary>
/// <typeparam name="T">A value: its bytes, padding included.</typeparam>
public abstract class CircularMap<T> : BpfMap
    where T : unmanaged
{
    private protected CircularMap(BpfSession session, OpenedMap opened)
        : base(session, opened)
    {
    }

    /// <summary>Pushes a value: <c>bpf_map_update_elem</c> without a key.</summary>
    /// <returns>False when there are <see cref="BpfMap.MaxEntries"/> values already: ENOSPC.</returns>
    /// <exception cref="BpfException">ENOMEM: no memory for another value. EOTHER: the value fits no message (<c>api.message_length</c>).</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryPush(T value) => Push(value, EbpfMapOption.Any);

    /// <summary>Pushes a value; a full map loses its oldest one, a stack too. The same call with BPF_EXIST.</summary>
    /// <exception cref="BpfException">As for <see cref="TryPush"/>.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void PushDroppingOldest(T value) => Push(value, EbpfMapOption.Exist);

    /// <summary>Takes the next value: <c>bpf_map_lookup_and_delete_elem</c> without a key. False when there is none.</summary>
    /// <exception cref="BpfException">EINVAL: the value fits no message (<c>api.value_fits</c>).</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryPop(out T value) => Read(delete: true, out value);

    /// <summary>Reads the value that <see cref="TryPop"/> would take now: <c>bpf_map_lookup_elem</c> without a key. False when there is none.</summary>
    /// <exception cref="BpfException">As for <see cref="TryPop"/>.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryPeek(out T value) => Read(delete: false, out value);

    private bool Push(T value, EbpfMapOption option)
    {
        var call = new SpanUpdateCall
        {
            Descriptor = Descriptor,
            Key = default,
            Value = MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)),
            Option = option,
        };
        CallOutcome outcome = Session.Library.Execute("BpfMap.Push", ref call);
        if (!outcome.Ended && outcome.Result is EbpfResult.Success or EbpfResult.OutOfSpace)
        {
            return outcome.Result == EbpfResult.Success;
        }

        throw Session.Failure("BpfMap.Push", Shape, outcome);
    }

    private bool Read(bool delete, out T value)
    {
        value = default;
        var call = new SpanLookupCall
        {
            Descriptor = Descriptor,
            Key = default,
            Value = MemoryMarshal.AsBytes(new Span<T>(ref value)),
            Delete = delete,
        };
        return Session.Execute(delete ? "BpfMap.Pop" : "BpfMap.Peek", Shape, ref call).Result == EbpfResult.Success;
    }
}
