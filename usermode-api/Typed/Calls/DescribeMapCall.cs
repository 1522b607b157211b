using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>
/// Reads a map's definition for the typed API, and compares it with the .NET types for keys and values. A size of -1 is not compared.
/// </summary>
internal struct DescribeMapCall(int fd, BpfMapType type, int keySize, int valueSize) : ILibraryCall
{
    /// <inheritdoc/>
    public readonly int Descriptor => fd;

    /// <summary>The map's definition.</summary>
    public MapShape? Shape { get; private set; }

    /// <inheritdoc/>
    public readonly long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (!call.TryResolveMap(fd, out _, out MapShape? shape))
        {
            return call.Refused;
        }

        Shape = shape;
        return call.Require(shape.Type == type, CheckTable.TypedMapType, "map type", (long)type, (long)shape.Type)
            && call.Require(keySize < 0 || shape.KeySize == keySize, CheckTable.TypedKeySize, "sizeof(TKey)", keySize, shape.KeySize)
            && call.Require(valueSize < 0 || shape.ValueSize == valueSize, CheckTable.TypedValueSize, "sizeof(TValue)", valueSize, shape.ValueSize)
            ? EbpfResult.Success
            : call.Refused;
    }
}
