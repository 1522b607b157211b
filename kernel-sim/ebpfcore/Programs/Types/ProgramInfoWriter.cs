using System.Runtime.InteropServices;
using System.Text;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The tail of operation 17's reply: the type, then the prototypes of its own helpers and of all general ones, back to back.
/// <c>ebpf_serialize_program_info</c>.
/// </summary>
internal static class ProgramInfoWriter
{
    private const int MaxNameBytes = 256; // EBPF_MAX_PROGRAM_DESCRIPTOR_NAME_LENGTH, EBPF_MAX_HELPER_FUNCTION_NAME_LENGTH

    /// <summary>Serializes the information. As in upstream, an extension's overrides do not replace the general helpers' prototypes.</summary>
    public static byte[] Write(ProgramInfo info)
    {
        using MemoryStream bytes = new();
        byte[] name = Name(info.Descriptor.Name);
        Append(bytes, name, new SerializedProgramTypeDescriptor
        {
            Size = (ulong)(SerializedProgramTypeDescriptor.TailOffset + name.Length),
            Header = Current(info.Descriptor.Header, ExtensionHeaders.ProgramTypeDescriptor),
            ContextDescriptor = info.Descriptor.ContextDescriptor,
            ProgramType = info.Descriptor.ProgramType,
            BpfProgType = info.Descriptor.BpfProgType,
            IsPrivileged = (byte)(info.Descriptor.IsPrivileged ? 1 : 0),
            NameLength = (ulong)name.Length,
        });

        List<HelperPrototype> helpers = [.. info.TypeHelpers];
        foreach (HelperRow row in HelperTable.All)
        {
            helpers.Add(row.Prototype);
        }

        Append(bytes, [], new SerializedHelperPrototypeArray
        {
            Size = (ulong)(SerializedHelperPrototypeArray.TailOffset
                + helpers.Sum(h => SerializedHelperPrototype.TailOffset + Name(h.Name).Length)),
            HelperFunctionCount = (uint)helpers.Count,
        });
        helpers.ForEach(helper => AppendHelper(bytes, helper));
        return bytes.ToArray();
    }

    private static void AppendHelper(MemoryStream bytes, HelperPrototype helper)
    {
        byte[] name = Name(helper.Name);
        SerializedHelperPrototype prototype = new()
        {
            Size = (ulong)(SerializedHelperPrototype.TailOffset + name.Length),
            Header = Current(helper.Header, ExtensionHeaders.HelperPrototype),
            HelperId = helper.Id,
            ReturnType = (uint)helper.ReturnType,
            Flags = helper.ReallocatesPacket ? SerializedHelperPrototype.ReallocatePacketBit : (byte)0,
            NameLength = (ulong)name.Length,
        };
        for (int i = 0; i < HelperPrototype.MaxArguments; i++)
        {
            prototype.Arguments[i] = (uint)helper.Argument(i);
        }

        Append(bytes, name, prototype);
    }

    private static void Append<T>(MemoryStream bytes, byte[] name, T fixedPart)
        where T : unmanaged
    {
        bytes.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in fixedPart)));
        bytes.Write(name);
    }

    private static byte[] Name(string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= MaxNameBytes ? bytes : bytes[..MaxNameBytes];
    }

    /// <summary>The driver's own copy of a structure has the size of the driver's version of it, whatever the provider was built with.</summary>
    private static ExtensionHeader Current(ExtensionHeader given, ExtensionHeader current)
    {
        given.TotalSize = current.TotalSize;
        return given;
    }
}
