using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>
/// A map of values without keys: the base of queues and stacks. It can be neither iterated nor read in batches; each value is taken by
/// the first caller, which may be a BPF program.
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
    /// <returns>False if it already has <see cref="BpfMap.MaxEntries"/> values: ENOSPC.</returns>
    /// <exception cref="BpfException">
    /// ENOMEM: no memory for another value. EOTHER: the value does not fit a message (<c>api.message_length</c>).
    /// </exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryPush(T value) => Push(value, EbpfMapOption.Any);

    /// <summary>Pushes a value; a full map, even a stack, drops its oldest one. The same call with BPF_EXIST.</summary>
    /// <exception cref="BpfException">See <see cref="TryPush"/>.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public void PushDroppingOldest(T value) => Push(value, EbpfMapOption.Exist);

    /// <summary>Takes the next value: <c>bpf_map_lookup_and_delete_elem</c> without a key. False if there is none.</summary>
    /// <exception cref="BpfException">EINVAL: the value does not fit a message (<c>api.value_fits</c>).</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryPop(out T value) => Read(delete: true, out value);

    /// <summary>Reads the value that <see cref="TryPop"/> would take: <c>bpf_map_lookup_elem</c> without a key. False if there is none.</summary>
    /// <exception cref="BpfException">See <see cref="TryPop"/>.</exception>
    /// <exception cref="ProcessExitedException">The process has ended.</exception>
    public bool TryPeek(out T value) => Read(delete: false, out value);

    private bool Push(T value, EbpfMapOption option)
    {
        SpanUpdateCall call = new()
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
        SpanLookupCall call = new()
        {
            Descriptor = Descriptor,
            Key = default,
            Value = MemoryMarshal.AsBytes(new Span<T>(ref value)),
            Delete = delete,
        };
        return Session.Execute(delete ? "BpfMap.Pop" : "BpfMap.Peek", Shape, ref call).Result == EbpfResult.Success;
    }
}
