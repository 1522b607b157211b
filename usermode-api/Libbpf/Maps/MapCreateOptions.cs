using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;

namespace KernelSim.UserMode;

/// <summary>The options of map creation that the library uses, however they were passed.</summary>
/// <param name="Unsupported">Flags, NUMA node and interface, or'ed: each of them must be 0.</param>
/// <param name="InnerMapFd">Descriptor of the template of a map of maps; 0 for none.</param>
internal readonly record struct MapCreateOptions(uint Unsupported, int InnerMapFd)
{
    private const string Site = "library:map_create.opts";

    /// <summary>Reads a <see cref="BpfMapCreateOpts"/>; NULL for the defaults.</summary>
    public static MapCreateOptions Read(ApiCall call, ulong options)
    {
        return options == 0
            ? default
            : new MapCreateOptions(
                Field(nameof(BpfMapCreateOpts.MapFlags)) | Field(nameof(BpfMapCreateOpts.NumaNode)) | Field(nameof(BpfMapCreateOpts.MapIfindex)),
                (int)Field(nameof(BpfMapCreateOpts.InnerMapFd)));

        uint Field(string name) => MemoryMarshal.Read<uint>(call.Memory.Access(
            options + (ulong)Marshal.OffsetOf<BpfMapCreateOpts>(name), sizeof(uint), MemoryAccess.Read, Site));
    }
}
