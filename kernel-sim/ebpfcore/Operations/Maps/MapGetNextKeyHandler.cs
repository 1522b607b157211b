using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 9: finds the key after another. For a previous key that does not exist it returns the first key. The length of the reply is set
/// even on failure.
/// </summary>
internal sealed unsafe class MapGetNextKeyHandler() : MapHandler(EbpfOperationId.MapGetNextKey)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        int previousLength = call.RequestLength - MapGetNextKeyRequest.TailOffset;
        int room = call.ReplyLength - MapGetNextKeyReply.TailOffset;
        if (!call.Require(
            previousLength == 0 || previousLength == map.KeySize, CheckTable.MapNextKeyPreviousSize, previousLength, map.KeySize)
            || !call.Require(room == map.KeySize, CheckTable.MapNextKeyRoom, room, map.KeySize))
        {
            return call.Refused;
        }

        EbpfResult result = call.Require(
            map.Traits.Supports(MapOperation.NextKey), CheckTable.MapNextKeySupported, (uint)map.Definition.Type, 0)
            ? Next(call, map, previousLength != 0)
            : call.Refused;
        call.SetReplyLength(call.ReplyLength);
        return result;
    }

    private static EbpfResult Next(in ProtocolCall call, EbpfMap map, bool hasPrevious)
    {
        // The previous key and the next share memory: a map reads the whole previous key before it writes the next one.
        byte* previous = hasPrevious ? call.Request + MapGetNextKeyRequest.TailOffset : null;
        byte* next = call.Reply + MapGetNextKeyReply.TailOffset;
        EbpfResult result = map.NextEntry(call.Current, WalkPosition.After(previous), next, call.Site, out _);
        return result != EbpfResult.KeyNotFound ? result
            : call.Core.Options.Defects.HasFlag(EbpfCoreDefects.EndsWalkAtMissingKey) ? EbpfResult.NoMoreKeys
            : map.NextEntry(call.Current, default, next, call.Site, out _);
    }
}
