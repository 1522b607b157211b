using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// Operation 36: reads as many elements as fit the reply, from the one after a key on, and deletes them if asked.
/// </summary>
/// <remarks>
/// Upstream fails a message with EBPF_KEY_NOT_FOUND if the caller's previous key is absent, and also if another thread deletes the element
/// that it has just copied: elements that it had deleted are lost then. Here only the previous key must exist, and only in
/// a request without <see cref="MapGetNextKeyValueBatchRequest.ResumeMark"/>.
/// Request and reply share memory: a first record of more than 9 bytes overwrites the caller's previous key. Upstream's
/// handler, which deletes the previous key only after it has written that record, then deletes by the bytes that are there by now. Here
/// the previous key is copied out first, so that the right element is deleted.
/// </remarks>
internal sealed unsafe class MapGetNextKeyValueBatchHandler() : MapHandler(EbpfOperationId.MapGetNextKeyValueBatch)
{
    /// <inheritdoc/>
    protected override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        MapGetNextKeyValueBatchRequest request = call.Read<MapGetNextKeyValueBatchRequest>();
        int previousLength = call.RequestLength - MapGetNextKeyValueBatchRequest.TailOffset;
        if (!call.Require(
            previousLength == 0 || previousLength == map.KeySize, CheckTable.MapGetBatchPreviousSize, previousLength, map.KeySize))
        {
            return call.Refused;
        }

        bool supported = map.Traits.Supports(MapOperation.BatchGet);
        if (!call.Require(supported, CheckTable.MapGetBatchSupported, (uint)map.Definition.Type, 0))
        {
            return call.Refused;
        }

        bool resumes = MapGetNextKeyValueBatchRequest.HasResumeMark(
            new ReadOnlySpan<byte>(call.Request + call.RequestLength, (int)call.Irp.InputLength - call.RequestLength));
        const int largestOnStack = 256;
        byte[]? large = previousLength > largestOnStack ? new byte[previousLength] : null;
        Span<byte> previous = large ?? stackalloc byte[largestOnStack];
        new ReadOnlySpan<byte>(call.Request + MapGetNextKeyValueBatchRequest.TailOffset, previousLength).CopyTo(previous);
        fixed (byte* key = previous)
        {
            byte* passed = previousLength == 0 ? null : key;
            if (request.FindAndDelete != 0 && passed == null && call.Core.Options.Defects.HasFlag(EbpfCoreDefects.DeletesBeforeFirst))
            {
                return DeleteBeforeFirst(call, map);
            }

            EbpfResult result = map.ReadBatch(
                call.Current,
                resumes ? WalkPosition.Past(passed) : WalkPosition.After(passed),
                call.Reply + MapGetNextKeyValueBatchReply.TailOffset,
                (uint)(call.ReplyLength - MapGetNextKeyValueBatchReply.TailOffset),
                request.FindAndDelete != 0,
                call.Site,
                out uint written);
            if (written != 0)
            {
                call.Current.CountFetched(written / (long)map.RecordBytes * map.ValueBytes);
            }

            if (result == EbpfResult.Success)
            {
                call.SetReplyLength(MapGetNextKeyValueBatchReply.TailOffset + (int)written);
            }

            return result;
        }
    }

    /// <summary>
    /// As before microsoft/ebpf-for-windows#3687 was fixed: reads the first element and deletes the key before it. There is none, which a map
    /// refuses as an argument.
    /// </summary>
    private static EbpfResult DeleteBeforeFirst(in ProtocolCall call, EbpfMap map)
    {
        EbpfResult result = map.NextEntry(
            call.Current, default, call.Reply + MapGetNextKeyValueBatchReply.TailOffset, call.Site, out _);
        return result == EbpfResult.Success ? EbpfResult.InvalidArgument : result;
    }
}
