using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// A handler of a request about one map. All such requests have the map's handle right after the header.
/// </summary>
/// <remarks>
/// The epoch keeps the map for the request, which then needs no reference. Some requests take one: those that leave with the map something that
/// the drop of its last reference cleans up, and all of a custom map, whose provider must not hear of the map's end meanwhile.
/// </remarks>
/// <param name="id">The operation that it implements: a row of the operation table.</param>
/// <param name="needsReference">Whether a request holds a reference to its map, of whatever type.</param>
internal abstract unsafe class MapHandler(EbpfOperationId id, bool needsReference = false) : ProtocolHandler(id)
{
    private readonly bool _needsReference = needsReference;

    /// <inheritdoc/>
    public sealed override EbpfResult Handle(in ProtocolCall call)
    {
        NtHandle handle = Unsafe.ReadUnaligned<NtHandle>(call.Request + OperationHeader.ByteCount);
        EbpfResult result = call.Caller.FindInEpoch(handle, EbpfObjectType.Map, out EbpfObject? @object);
        if (@object is null)
        {
            return result;
        }

        var map = (EbpfMap)@object;
        return _needsReference || map.Traits.IsCustom ? ServeReferenced(call, handle, map) : Serve(call, map);
    }

    /// <summary>Serves the request; the map is kept for its duration.</summary>
    protected abstract EbpfResult Handle(in ProtocolCall call, EbpfMap map);

    private EbpfResult ServeReferenced(in ProtocolCall call, NtHandle handle, EbpfMap map)
    {
        // The handle may have been closed since it was looked up, and with it the map: as if it had been closed before.
        if (!map.TryAcquire())
        {
            call.Require(false, CheckTable.HandleOpen, handle.Value, 1);
            return call.Refused;
        }

        try
        {
            return Serve(call, map);
        }
        finally
        {
            map.Release(call.Current);
        }
    }

    private EbpfResult Serve(in ProtocolCall call, EbpfMap map)
    {
        call.Current.NoteObject(map.Id);
        if (KernelEventSource.Log.IsEnabled())
        {
            map.TraceLayout(call.Current);
        }

        return Handle(call, map);
    }
}
