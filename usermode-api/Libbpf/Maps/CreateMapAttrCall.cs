using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Creates a map; the older way, with everything in one structure.</summary>
    /// <param name="create_attr">Address of a <see cref="BpfCreateMapAttr"/>. Upstream dereferences NULL.</param>
    /// <returns>
    /// See <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>; -EINVAL for a structure that cannot be read to its end.
    /// </returns>
    public int bpf_create_map_xattr(ulong create_attr) => Call(new CreateMapAttrCall(create_attr));
}

/// <summary><c>bpf_create_map_xattr</c>.</summary>
internal readonly struct CreateMapAttrCall(ulong attributes) : ILibraryCall
{
    private const string Site = "library:create_map_xattr.create_attr";

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        uint size = (uint)Unsafe.SizeOf<BpfCreateMapAttr>();
        if (!call.RequireBuffer(
            MemoryAccess.Read, CheckTable.ApiMapCreateAttr, "create_attr", attributes, 1, size, "sizeof(bpf_create_map_attr)"))
        {
            return call.Refused;
        }

        BpfCreateMapAttr given = MemoryMarshal.Read<BpfCreateMapAttr>(call.Memory.Access(attributes, size, MemoryAccess.Read, Site));
        EbpfMapDefinition definition = new()
        {
            Type = given.MapType,
            KeySize = given.KeySize,
            ValueSize = given.ValueSize,
            MaxEntries = given.MaxEntries,
        };
        MapCreateOptions options = new(given.MapFlags | given.NumaNode | given.MapIfindex, given.InnerMapFd);
        return CreateMapCall.Create(call, definition, given.Name, options);
    }
}
