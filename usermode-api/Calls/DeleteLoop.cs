using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>A batch delete, message by message: <c>ebpf_map_delete_element_batch</c>.</summary>
internal ref struct DeleteLoop
{
    private uint _count;

    /// <summary>The map.</summary>
    public required NtHandle Map { get; init; }

    /// <summary>How keys lie in the messages.</summary>
    public required BatchLayout Layout { get; init; }

    /// <summary>Elements known to have been deleted.</summary>
    public readonly uint Count => _count;

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
            result = call.CountProcessed(result, sent, processed, ref _count);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        return EbpfResult.Success;
    }
}
