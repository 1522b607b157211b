using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 12: creates a handle of the object at a path.</summary>
internal sealed unsafe class GetPinnedObjectHandler() : ProtocolHandler(EbpfOperationId.GetPinnedObject)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        int length = call.RequestLength - GetPinnedObjectRequest.TailOffset;
        if (!call.Require(length != 0, CheckTable.PinnedPathLength, length, 1))
        {
            return call.Refused;
        }

        ReadOnlySpan<byte> path = new(call.Request + GetPinnedObjectRequest.TailOffset, length);
        EbpfResult result = call.Core.Pins.Reference(call.Current, path, out EbpfObject? @object);
        if (@object is null)
        {
            return result;
        }

        result = call.Caller.CreateHandle(@object, out NtHandle handle);
        @object.Release(call.Current);
        if (result == EbpfResult.Success)
        {
            call.WriteBody(new GetPinnedObjectReply { Handle = handle });
        }

        return result;
    }
}
