using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A batch delete of keys in a span of the .NET program.</summary>
internal readonly ref struct SpanDeleteBatchCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>The keys to delete, back to back.</summary>
    public required ReadOnlySpan<byte> Keys { get; init; }

    /// <summary>Number of keys; not 0.</summary>
    public required int Wanted { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => Wanted;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !BatchChecks.RequireDelete(call, shape, (uint)Wanted, out BatchLayout layout))
        {
            return call.Refused;
        }

        SpanSource source = new(Keys, default, layout, shape.Layout, call.Copies);
        SendLoop loop = new() { Map = map, Layout = layout, Option = null };
        return loop.Run(call, (uint)Wanted, ref source);
    }
}
