using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Rings;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.EbpfCore.Operations;

/// <summary>A handler of a request about a map with rings. Other maps are refused, with the operation's own check.</summary>
/// <remarks>The drop of the map's last reference ends a ring's query, so a request holds one.</remarks>
internal abstract class RingHandler(EbpfOperationId id, Check otherMaps) : MapHandler(id, needsReference: true)
{
    /// <inheritdoc/>
    protected sealed override EbpfResult Handle(in ProtocolCall call, EbpfMap map)
    {
        if (map is RingMap rings)
        {
            return Handle(call, rings);
        }

        call.Require(false, otherMaps, (uint)map.Definition.Type, 0);
        return call.Refused;
    }

    /// <summary>Serves the request; the map is kept meanwhile.</summary>
    protected abstract EbpfResult Handle(in ProtocolCall call, RingMap map);

    /// <summary>Finds the ring that a request's index names; null after a refusal.</summary>
    protected static Ring? RingAt(in ProtocolCall call, RingMap map, ulong index)
    {
        int last = map.Rings.Length - 1;
        return call.Require(index <= (uint)last, CheckTable.RingIndex, (long)index, last) ? map.Rings[(int)index] : null;
    }
}
