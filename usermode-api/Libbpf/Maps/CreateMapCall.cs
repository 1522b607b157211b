using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

public sealed partial class Libbpf
{
    /// <summary>Creates a map.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="map_name">Address of a zero-terminated name of at most 63 bytes, or NULL.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="value_size">Size of one CPU's value in bytes, unscaled, for a per-CPU map too.</param>
    /// <param name="max_entries">Maximum number of entries; for the hash types of eBPF for Windows only a hint.</param>
    /// <param name="opts">Address of a <see cref="BpfMapCreateOpts"/>, or NULL.</param>
    /// <returns>
    /// A descriptor, to be closed with <see cref="close"/>; -EINVAL for sizes, options or a name that the type does not accept, -EPERM if
    /// the device cannot be opened, -ENOTSUP for a type that the driver does not have, -ENOMEM, -EOTHER if the value of a per-CPU
    /// map exceeds 32 bits or the name does not fit a message.
    /// </returns>
    public int bpf_map_create(BpfMapType map_type, ulong map_name, uint key_size, uint value_size, uint max_entries, ulong opts)
    {
        EbpfMapDefinition definition = new() { Type = map_type, KeySize = key_size, ValueSize = value_size, MaxEntries = max_entries };
        return Call(new CreateMapCall(definition, map_name, opts));
    }

    /// <summary>Same as <see cref="bpf_map_create(BpfMapType, ulong, uint, uint, uint, ulong)"/>, with the name as a .NET string.</summary>
    /// <param name="map_type">The map type.</param>
    /// <param name="map_name">The name, or null.</param>
    /// <param name="key_size">Key size in bytes.</param>
    /// <param name="value_size">Size of one CPU's value in bytes.</param>
    /// <param name="max_entries">Maximum number of entries.</param>
    /// <param name="opts">Address of a <see cref="BpfMapCreateOpts"/>, or NULL.</param>
    /// <returns>The same results as the other overload.</returns>
    public int bpf_map_create(BpfMapType map_type, string? map_name, uint key_size, uint value_size, uint max_entries, ulong opts = 0) =>
        WithString(map_name, name => bpf_map_create(map_type, name, key_size, value_size, max_entries, opts));
}

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
                call.Library.Gate.MaximumProcessorCount,
                call.Traits.ScalesValues)
            : null;
        return call.OpenDescriptor(handle, shape);
    }
}
