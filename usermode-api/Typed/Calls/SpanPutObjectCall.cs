using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>Stores an object in a map of objects, under a key from a span of the .NET program.</summary>
internal readonly ref struct SpanPutObjectCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>Key to store the object under.</summary>
    public required ReadOnlySpan<byte> Key { get; init; }

    /// <summary>The object's descriptor; <see cref="ObjectValue.NoDescriptor"/> for none.</summary>
    public required int Value { get; init; }

    /// <summary>Whether the key may, must not or must exist.</summary>
    public EbpfMapOption Option { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !call.RequireMessageLength(MapUpdateElementWithHandleRequest.TailOffset, shape.KeySize)
            || !ObjectValue.TryResolve(call, Value, out NtHandle value))
        {
            return call.Refused;
        }

        return call.CountOne(MapMessages.UpdateWithHandle(call.Channel, map, value, Option, Key));
    }
}
