using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// A batch lookup, message by message: <c>_ebpf_map_lookup_element_batch_helper</c>. Shared by the libbpf-shaped and the typed calls;
/// only the destination of elements differs.
/// </summary>
internal ref struct LookupLoop
{
    /// <summary>Handle of the map.</summary>
    public required NtHandle Map { get; init; }

    /// <summary>The layout of elements in messages.</summary>
    public required BatchLayout Layout { get; init; }

    /// <summary>Whether to delete the elements that were read.</summary>
    public bool Delete { get; init; }

    /// <summary>The key to continue after; empty to start at the first.</summary>
    public ReadOnlySpan<byte> After { get; init; }

    /// <summary>Number of elements read.</summary>
    public uint Count { get; private set; }

    /// <summary>True if the map had no more elements after these.</summary>
    public bool ReachedEnd { get; private set; }

    /// <summary>True if the driver could not continue after a deleted key, so that reading restarted at the first element.</summary>
    public bool Restarted { get; private set; }

    /// <summary>Reads up to <paramref name="wanted"/> elements.</summary>
    public EbpfResult Run<TSink>(ApiCall call, uint wanted, scoped ref TSink sink)
        where TSink : IElementSink, allows ref struct
    {
        uint perMessage = (uint)Layout.LookupsPerMessage;
        ReadOnlySpan<byte> previous = After;

        // True once the driver has reported that the key to continue after is gone.
        bool isGone = false;
        while (Count < wanted)
        {
            uint asked = Math.Min(wanted - Count, perMessage);

            // A record may fit a reply although its key, as the position to continue after, does not fit a request.
            if (!call.RequireMessageLength(MapGetNextKeyValueBatchRequest.TailOffset, (ulong)previous.Length))
            {
                return call.Refused;
            }

            MapMessages.BeginGetBatch(call.Channel, Map, Delete, previous, resume: isGone);
            EbpfResult result = MapMessages.SendGetBatch(
                call.Channel, (int)(asked * Layout.RecordBytes), out ReadOnlySpan<byte> records, out ulong recordsAddress);
            if (result == EbpfResult.KeyNotFound && call.Traits.ResumesLostCursor && !previous.IsEmpty)
            {
                // The repeated request continues at the deleted key's position, or at the first element if the driver does not support that:
                // no element is skipped.
                Restarted |= isGone || !CanResume(previous);
                previous = Restarted ? default : previous;
                isGone = !previous.IsEmpty;
                continue;
            }

            if (result == EbpfResult.NoMoreKeys && call.Traits.KeepsWhatWasRead)
            {
                ReachedEnd = true;
                return Count > 0 ? EbpfResult.Success : result;
            }

            if (result != EbpfResult.Success)
            {
                return result;
            }

            uint received = (uint)(records.Length / Layout.RecordBytes);
            if (!call.Require(
                received > 0, CheckTable.ApiBatchRecordsReturned, "bytes of records", records.Length, Layout.RecordBytes))
            {
                return call.Refused;
            }

            sink.Store(Count, records[..(int)(received * Layout.RecordBytes)], recordsAddress);
            Count += received;
            call.Done = Count;
            isGone = false;

            // A deleted element is not a position to continue after; the next message starts at the first remaining element.
            previous = Delete ? default : sink.KeyAt(Count - 1);
            if (received != asked)
            {
                ReachedEnd = true;
                break;
            }
        }

        return EbpfResult.Success;
    }

    /// <summary>Whether a request that can continue after a deleted key fits a message.</summary>
    private static bool CanResume(ReadOnlySpan<byte> key) =>
        MapGetNextKeyValueBatchRequest.TailOffset + key.Length + MapGetNextKeyValueBatchRequest.ResumeMarkBytes <= EbpfDevice.MaxMessageBytes;
}
