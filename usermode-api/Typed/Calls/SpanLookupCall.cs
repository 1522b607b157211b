using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A lookup of one element into a span of the .NET program.</summary>
internal readonly ref struct SpanLookupCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>Key of the element.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>Room for the value of each CPU.</summary>
    public required Span<byte> Value { get; init; }

    /// <summary>Whether <see cref="Value"/> has the map's padding; otherwise there is none between the CPUs' values.</summary>
    public bool IsPadded { get; init; }

    /// <summary>Delete what was read.</summary>
    public bool Delete { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !call.RequireLayout(shape)
            || !call.RequireMessageLength(MapFindElementRequest.TailOffset, shape.KeySize)
            || !call.RequireValueFits(shape))
        {
            return call.Refused;
        }

        FewBytes.Copy(Key, MapMessages.BeginFind(call.Channel, map, Delete, Key.Length));
        EbpfResult result = MapMessages.SendFind(call.Channel, (int)shape.Layout.Total, out ReadOnlySpan<byte> found);
        if (result == EbpfResult.Success)
        {
            Store(shape, found[..(int)shape.Layout.Total]);
            if (call.Copies.IsWanted)
            {
                ulong address = call.Channel.ReplyAddress + MapFindElementReply.TailOffset;
                call.Copies.Records(CopyStage.Unmarshal, 0, (int)shape.Layout.Total, new BatchLayout(0, shape.Layout), address);
            }

            call.Done = 1;
        }

        return result;
    }

    private void Store(MapShape shape, ReadOnlySpan<byte> found)
    {
        if (IsPadded || shape.Layout.Padding == 0)
        {
            FewBytes.Copy(found, Value);
        }
        else
        {
            PerCpuLayout layout = shape.Layout;
            RecordCodec.UnpackSlots(found, 0, (int)layout.ValueSize, (int)layout.Stride, layout.SlotCount, default, Value);
        }
    }
}
