using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode.Calls;

/// <summary><c>bpf_map_create</c>.</summary>
internal readonly struct CreateMapCall(EbpfMapDefinition definition, ulong name, ulong options) : ILibraryCall
{
    private const uint OptionsSize = 80;
    private const string NameSite = "library:map_create.name";
    private const string OptionsSite = "library:map_create.opts";

    /// <inheritdoc/>
    public int Descriptor => 0;

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

        uint unsupported = 0;
        unsupported |= ReadOption(call, nameof(BpfMapCreateOpts.MapFlags));
        unsupported |= ReadOption(call, nameof(BpfMapCreateOpts.NumaNode));
        unsupported |= ReadOption(call, nameof(BpfMapCreateOpts.MapIfindex));
        if (!call.Require(unsupported == 0, CheckTable.ApiMapCreateFlags, "flags", unsupported, 0))
        {
            return call.Refused;
        }

        // 0 stands for none, since the field is unsigned; an unknown descriptor goes to the kernel as no handle.
        int innerMap = (int)ReadOption(call, nameof(BpfMapCreateOpts.InnerMapFd));
        NtHandle innerHandle = innerMap != 0 && call.Library.Descriptors.TryGet(innerMap, out OpenDescriptor? inner)
            ? inner.Handle
            : NtHandle.Invalid;

        if (!CString.TryRead(call, name, NameSite, out ReadOnlySpan<byte> nameBytes))
        {
            return call.Refuse(CheckTable.ApiMapCreateName, "name without end given");
        }

        if (!call.RequireMessageLength(CreateMapRequest.TailOffset, (uint)nameBytes.Length))
        {
            return call.Refused;
        }

        EbpfResult result = MapMessages.Create(call, definition, innerHandle, nameBytes, out NtHandle handle);
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

    private uint ReadOption(ApiCall call, string field) =>
        options == 0
            ? 0
            : MemoryMarshal.Read<uint>(call.Memory.Access(
                options + (ulong)Marshal.OffsetOf<BpfMapCreateOpts>(field), sizeof(uint), MemoryAccess.Read, OptionsSite));
}
