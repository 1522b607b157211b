using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary><c>bpf_map_create</c>.</summary>
internal readonly struct CreateMapCall(EbpfMapDefinition definition, ulong name, ulong options) : ILibraryCall
{
    private const uint OptionsSize = 80;
    private const string NameSite = "library:map_create.name";

    /// <inheritdoc/>
    public int Descriptor => -1;

    /// <inheritdoc/>
    public long RequestedElements(ApiCall call) => 0;

    /// <inheritdoc/>
    public EbpfResult Run(ApiCall call)
    {
        if (options != 0
            && !call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiMapCreateOpts, "opts", options, 1, OptionsSize, "sizeof(bpf_map_create_opts)"))
        {
            return call.Refused;
        }

        return Create(call, definition, name, MapCreateOptions.Read(call, options));
    }

    /// <summary>The common part of all ways to create a map.</summary>
    public static EbpfResult Create(ApiCall call, in EbpfMapDefinition definition, ulong name, MapCreateOptions options)
    {
        if (!call.Require(options.Unsupported == 0, CheckTable.ApiMapCreateFlags, "flags", options.Unsupported, 0))
        {
            return call.Refused;
        }

        // 0 means none, since the field is unsigned; an unknown descriptor is sent to the kernel as an invalid handle.
        NtHandle innerHandle = options.InnerMapFd != 0 && call.Library.Descriptors.TryGet(options.InnerMapFd, out OpenDescriptor? inner)
            ? inner.Handle
            : NtHandle.Invalid;

        if (!CString.TryRead(call, name, NameSite, out ReadOnlySpan<byte> nameBytes))
        {
            return call.Refuse(CheckTable.ApiMapCreateName, "unterminated name given");
        }

        if (!call.RequireMessageLength(CreateMapRequest.TailOffset, (uint)nameBytes.Length))
        {
            return call.Refused;
        }

        EbpfResult result = MapMessages.Create(call.Channel, definition, innerHandle, nameBytes, out NtHandle handle);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        MapShape? shape = call.Traits.CachesDefinitions
            ? new MapShape(
                definition.Type,
                definition.KeySize,
                definition.ValueSize,
                definition.MaxEntries,
                CString.ToText(nameBytes),
                call.Library.Gate.MaximumProcessorCount)
            : null;
        return call.OpenDescriptor(handle, shape);
    }
}
