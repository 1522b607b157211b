using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A batch update from spans of the .NET program, whose lengths the typed API has checked.</summary>
internal readonly ref struct SpanUpdateBatchCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>The keys.</summary>
    public required ReadOnlySpan<byte> Keys { get; init; }

    /// <summary>The values, one for each key and CPU, unpadded.</summary>
    public required ReadOnlySpan<byte> Values { get; init; }

    /// <summary>Number of elements; not 0.</summary>
    public required int Wanted { get; init; }

    /// <summary>Whether the keys may, must not or must exist.</summary>
    public EbpfMapOption Option { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => Wanted;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !BatchChecks.RequireUpdate(call, shape, (uint)Wanted, out BatchLayout layout))
        {
            return call.Refused;
        }

        BatchTrace.Layout(call, layout, shape.Layout, layout.UpdatesPerMessage);
        SpanSource source = new(Keys, Values, layout, shape.Layout, call.Copies);
        SendLoop loop = new() { Map = map, Layout = layout, Option = Option };
        return loop.Run(call, (uint)Wanted, ref source);
    }
}
