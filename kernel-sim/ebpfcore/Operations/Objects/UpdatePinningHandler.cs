using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Operations;

/// <summary>Operation 11: pins an object to a path; with handle -1 removes the pin.</summary>
internal sealed unsafe class UpdatePinningHandler() : ProtocolHandler(EbpfOperationId.UpdatePinning)
{
    /// <inheritdoc/>
    public override EbpfResult Handle(in ProtocolCall call)
    {
        NtHandle handle = call.Read<UpdatePinningRequest>().Handle;
        int length = call.RequestLength - UpdatePinningRequest.TailOffset;
        ReadOnlySpan<byte> path = new(call.Request + UpdatePinningRequest.TailOffset, length);
        if (!call.Require(length != 0, CheckTable.PinPathLength, length, 1))
        {
            return call.Refused;
        }

        if (handle == NtHandle.Invalid)
        {
            return call.Core.Pins.Remove(call.Current, path);
        }

        EbpfResult result = call.Reference(handle, EbpfObjectType.Unknown, out EbpfObject? @object);
        if (@object is null)
        {
            return result;
        }

        result = Pin(call, path, @object);
        @object.Release(call.Current);
        return result;
    }

    private static EbpfResult Pin(in ProtocolCall call, ReadOnlySpan<byte> path, EbpfObject @object)
    {
        if (!call.Require(path.Length < EbpfLimits.PinPathLength, CheckTable.PinPathLength, path.Length, EbpfLimits.PinPathLength - 1))
        {
            return call.Refused;
        }

        int zero = path.IndexOf((byte)0);
        if (!call.Require(zero < 0, CheckTable.PinPathBytes, zero, -1))
        {
            return call.Refused;
        }

        return call.Core.Pins.Insert(call.Current, path, @object);
    }
}
