using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>One helper's number, types and name: <c>ebpf_serialized_helper_function_prototype_t</c>.</summary>
[UpstreamStruct("ebpf_serialized_helper_function_prototype_t", 80, Tail = "name")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct SerializedHelperPrototype
{
    /// <summary>Offset of the name, which is not terminated.</summary>
    public const int TailOffset = 72;

    /// <summary>Set in <see cref="Flags"/> when the helper may move the packet's data.</summary>
    public const byte ReallocatePacketBit = 1;

    /// <summary>Size of this prototype with its name, in bytes.</summary>
    [FieldOffset(0)]
    public ulong Size;

    /// <summary>Version and size of the structure that this was serialized from.</summary>
    [FieldOffset(8)]
    public ExtensionHeader Header;

    /// <summary>Id of the helper.</summary>
    [FieldOffset(32)]
    public uint HelperId;

    /// <summary>Type of the return value: <c>ebpf_return_type_t</c>.</summary>
    [FieldOffset(36)]
    public uint ReturnType;

    /// <summary>Types of the arguments.</summary>
    [FieldOffset(40)]
    public SerializedHelperArguments Arguments;

    /// <summary>Flags.</summary>
    [FieldOffset(60)]
    public byte Flags;

    /// <summary>Length of the name in bytes.</summary>
    [FieldOffset(64)]
    public ulong NameLength;
}
