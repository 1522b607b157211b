using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>A batch delete, message by message: <c>ebpf_map_delete_element_batch</c>.</summary>
internal ref struct DeleteLoop
{
    /// <summary>The map.</summary>
    public required NtHandle Map { get; init; }

    /// <summary>How keys lie in the messages.</summary>
    public required BatchLayout Layout { get; init; }

    /// <summary>Elements known to have been deleted.</summary>
    public uint Count { get; private set; }

    /// <summary>Deletes the elements in order, up to the first that is missing.</summary>
    public EbpfResult Run<TSource>(ApiCall call, uint wanted, scoped ref TSource source)
        where TSource : IElementSource, allows ref struct
    {
        uint perMessage = (uint)Layout.DeletesPerMessage;
        while (Count < wanted)
        {
            uint sent = Math.Min(wanted - Count, perMessage);
            Span<byte> keys = MapMessages.BeginDeleteBatch(call, Map, (int)sent * (int)Layout.KeySize, out ulong keysAddress);
            source.Load(call, Count, keys, keysAddress);
            EbpfResult result = MapMessages.SendDeleteBatch(call, out uint processed);
            if (result == EbpfResult.Success
                && !call.Require(processed == sent, CheckTable.ApiBatchProcessed, "elements processed", processed, sent))
            {
                result = call.Refused;
            }

            if (result != EbpfResult.Success)
            {
                Count += call.ProcessedBeforeRefusal(sent);
                call.Done = Count;
                return result;
            }

            Count += sent;
            call.Done = Count;
        }

        return EbpfResult.Success;
    }
}
