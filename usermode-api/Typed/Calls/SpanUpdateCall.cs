using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>An update of one element from spans of the .NET program.</summary>
internal readonly ref struct SpanUpdateCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>Key of the element.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The value of each CPU.</summary>
    public required ReadOnlySpan<byte> Value { get; init; }

    /// <summary>Whether <see cref="Value"/> has the map's padding; else there is none between the CPUs' values.</summary>
    public bool IsPadded { get; init; }

    /// <summary>What is asked of the key.</summary>
    public EbpfMapOption Option { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !call.RequireLayout(shape)
            || !call.RequireMessageLength(MapUpdateElementRequest.TailOffset, (ulong)shape.KeySize + shape.Layout.Total))
        {
            return call.Refused;
        }

        Span<byte> record = MapMessages.BeginUpdate(call.Channel, map, Option, (int)(shape.KeySize + shape.Layout.Total));
        FewBytes.Copy(Key, record);
        Load(shape, record[Key.Length..]);
        if (call.Copies.IsWanted)
        {
            ulong address = call.Channel.RequestAddress + MapUpdateElementRequest.TailOffset;
            call.Copies.Records(CopyStage.Marshal, 0, record.Length, shape.Batch, address);
        }

        return call.CountOne(call.Channel.Send());
    }

    private void Load(MapShape shape, Span<byte> value)
    {
        if (IsPadded || shape.Layout.Padding == 0)
        {
            FewBytes.Copy(Value[..value.Length], value);
        }
        else
        {
            PerCpuLayout layout = shape.Layout;
            RecordCodec.PackSlots(default, Value, 0, (int)layout.ValueSize, (int)layout.Stride, layout.SlotCount, value);
        }
    }
}
