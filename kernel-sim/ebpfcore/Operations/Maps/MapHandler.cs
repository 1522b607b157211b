using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>
/// A handler of a request about one map. All such requests have the map's handle right after the header.
/// </summary>
internal abstract unsafe class MapHandler(EbpfOperationId id) : ProtocolHandler(id)
{
    /// <inheritdoc/>
    public sealed override EbpfResult Handle(in ProtocolCall call)
    {
        NtHandle handle = Unsafe.ReadUnaligned<NtHandle>(call.Request + OperationHeader.ByteCount);
        EbpfResult result = call.ReferenceMap(handle, out EbpfMap? map);
        if (map is null)
        {
            return result;
        }

        try
        {
            map.TraceLayout(call.Current);
            return Handle(call, map);
        }
        finally
        {
            map.Release(call.Current);
        }
    }

    /// <summary>Serves the request; the map is referenced for its duration.</summary>
    protected abstract EbpfResult Handle(in ProtocolCall call, EbpfMap map);
}
