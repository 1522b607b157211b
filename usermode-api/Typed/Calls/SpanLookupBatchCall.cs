using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A batch lookup into spans of the .NET program, whose lengths the typed API has checked.</summary>
internal ref struct SpanLookupBatchCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>Room for keys.</summary>
    public required Span<byte> Keys { get; init; }

    /// <summary>Room for values, one for each key and CPU, unpadded.</summary>
    public required Span<byte> Values { get; init; }

    /// <summary>Maximum number of elements to read; not 0.</summary>
    public required int Wanted { get; init; }

    /// <summary>Delete what was read.</summary>
    public bool Delete { get; init; }

    /// <summary>The position of the iteration; null to read from the first element.</summary>
    public BatchCursor? Cursor { get; init; }

    /// <summary>True when the map had no more elements after these.</summary>
    public bool ReachedEnd { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => Wanted;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !BatchChecks.RequireLookup(call, shape, out BatchLayout layout))
        {
            return call.Refused;
        }

        BatchTrace.Layout(call, layout, shape.Layout, layout.LookupsPerMessage);
        SpanSink sink = new(Keys, Values, layout, shape.Layout, call.Copies);
        LookupLoop loop = new()
        {
            Map = map,
            Layout = layout,
            Delete = Delete,
            After = Cursor is null ? default : Cursor.Key,
        };
        EbpfResult result = loop.Run(call, (uint)Wanted, ref sink);
        Cursor?.Advance(Keys, loop.Count, loop.Restarted);
        ReachedEnd = loop.ReachedEnd;
        return result == EbpfResult.NoMoreKeys ? EbpfResult.Success : result;
    }
}
