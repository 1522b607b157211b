using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>Steps to the key after another, in a span of the .NET program.</summary>
internal readonly ref struct SpanNextKeyCall : ILibraryCall
{
    /// <inheritdoc/>
    public required int Descriptor { get; init; }

    /// <summary>The key before; empty for the first.</summary>
    public required ReadOnlySpan<byte> Previous { get; init; }

    /// <summary>Room for the key. May be the same memory.</summary>
    public required Span<byte> Next { get; init; }

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 1;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(Descriptor, out NtHandle map, out MapShape? shape)
            || !call.RequireMessageLength(MapGetNextKeyRequest.TailOffset, shape.KeySize))
        {
            return call.Refused;
        }

        EbpfResult result = MapMessages.GetNextKey(call.Channel, map, Previous, (int)shape.KeySize, out ReadOnlySpan<byte> found);
        if (result == EbpfResult.Success)
        {
            FewBytes.Copy(found[..Next.Length], Next);
            call.Done = 1;
        }

        return result;
    }
}
