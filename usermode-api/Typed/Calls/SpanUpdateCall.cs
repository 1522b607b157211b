using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
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
        SpanSource source = new(Key, Value, shape.Batch, IsPadded ? shape.PaddedLayout : shape.Layout, call.Copies);
        source.Load(0, record, call.Channel.RequestAddress + MapUpdateElementRequest.TailOffset);
        return call.CountOne(call.Channel.Send());
    }
}
