using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// A batch that sends elements, message by message: <c>_update_map_element_batch</c>, <c>ebpf_map_delete_element_batch</c>. Shared by the
/// libbpf-shaped and the typed calls; only the source of elements differs.
/// </summary>
internal ref struct SendLoop
{
    /// <summary>The map.</summary>
    public required NtHandle Map { get; init; }

    /// <summary>The layout of elements in messages: keys and values, or only keys to delete.</summary>
    public required BatchLayout Layout { get; init; }

    /// <summary>The option of an update; null to delete.</summary>
    public required EbpfMapOption? Option { get; init; }

    /// <summary>Elements known to have been stored or deleted.</summary>
    public uint Count { get; private set; }

    /// <summary>Sends the elements in order, up to the first that the kernel refuses or does not find.</summary>
    public EbpfResult Run<TSource>(ApiCall call, uint wanted, scoped ref TSource source)
        where TSource : IElementSource, allows ref struct
    {
        uint perMessage = (uint)(Option is null ? Layout.DeletesPerMessage : Layout.UpdatesPerMessage);
        while (Count < wanted)
        {
            uint sent = Math.Min(wanted - Count, perMessage);
            int length = (int)(sent * Layout.RecordBytes);
            Span<byte> records = Option is { } option
                ? MapMessages.BeginUpdateBatch(call.Channel, Map, option, length, out ulong address)
                : MapMessages.BeginDeleteBatch(call.Channel, Map, length, out address);
            source.Load(Count, records, address);
            EbpfResult result = Option is null
                ? MapMessages.SendDeleteBatch(call.Channel, out uint processed)
                : MapMessages.SendUpdateBatch(call.Channel, out processed);

            // A reply that does not account for all that was sent is treated as a refusal.
            if (result == EbpfResult.Success
                && !call.Require(processed == sent, CheckTable.ApiBatchProcessed, "elements processed", processed, sent))
            {
                result = call.Refused;
            }

            Count += result == EbpfResult.Success ? sent : ProcessedBeforeRefusal(call, sent);
            call.Done = Count;
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        return EbpfResult.Success;
    }

    /// <summary>
    /// Elements of a failed message that the kernel had processed before it stopped. The reply to a failed message is not returned, so
    /// upstream cannot know; here the kernel's record of the refusal tells.
    /// </summary>
    private static uint ProcessedBeforeRefusal(ApiCall call, uint sent) =>
        call.Traits.AlwaysWritesCount && call.Library.Gate.TryGetRefusal(call.RequestId, out CheckRefusal refusal)
            ? (uint)Math.Clamp(refusal.Element, 0, sent)
            : 0;
}
