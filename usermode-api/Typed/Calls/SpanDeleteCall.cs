using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>A delete of one element with a key in a span of the .NET program.</summary>
internal readonly ref struct SpanDeleteCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>Key of the element.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !call.RequireMessageLength(MapDeleteElementRequest.TailOffset, shape.KeySize))
        {
            return call.Refused;
        }

        return call.CountOne(MapMessages.Delete(call.Channel, map, Key));
    }
}
