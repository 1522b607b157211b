using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// A program type in the tail of operation 17's reply: <c>ebpf_serialized_program_type_descriptor_t</c>. A
/// <see cref="SerializedHelperPrototypeArray"/> may follow, without alignment.
/// </summary>
[UpstreamStruct("ebpf_serialized_program_type_descriptor_t", 88, Tail = "name")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct SerializedProgramTypeDescriptor
{
    /// <summary>Where the name starts; it is not terminated.</summary>
    public const int TailOffset = 80;

    /// <summary>Size of this descriptor with its name, in bytes.</summary>
    [FieldOffset(0)]
    public ulong Size;

    /// <summary>Version and size of the structure that this was made from.</summary>
    [FieldOffset(8)]
    public ExtensionHeader Header;

    /// <summary>Where the context keeps its data pointers.</summary>
    [FieldOffset(32)]
    public ContextDescriptor ContextDescriptor;

    /// <summary>GUID of the program type.</summary>
    [FieldOffset(48)]
    public Guid ProgramType;

    /// <summary>The program type as a number.</summary>
    [FieldOffset(64)]
    public BpfProgType BpfProgType;

    /// <summary>Not 0: only privileged callers may load programs of this type.</summary>
    [FieldOffset(68)]
    public byte IsPrivileged;

    /// <summary>Bytes in the name.</summary>
    [FieldOffset(72)]
    public ulong NameLength;
}
