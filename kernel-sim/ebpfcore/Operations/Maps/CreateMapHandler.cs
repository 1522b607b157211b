using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 3: creates a map and a handle to it. The tail is the name, as long as the header's length says.</summary>
internal sealed unsafe class CreateMapHandler() : ProtocolHandler(EbpfOperationId.CreateMap)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        CreateMapRequest request = call.Read<CreateMapRequest>();
        ReadOnlySpan<byte> name = new(call.Request + CreateMapRequest.TailOffset, call.RequestLength - CreateMapRequest.TailOffset);
        EbpfResult result = MapCreation.Run(call.Caller, request.EbpfMapDefinition, name, request.InnerMapHandle, out EbpfMap? map);
        if (map is null)
        {
            return result;
        }

        call.Current.NoteObject(map.Id);
        result = call.Caller.CreateHandle(map, out NtHandle handle);
        map.Release(call.Current);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new CreateMapReply { Handle = handle });
        }

        return result;
    }
}
