using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>Where a program type's context keeps its data pointers: <c>ebpf_context_descriptor_t</c>, 16 bytes. An offset of -1 means none.</summary>
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct ContextDescriptor
{
    /// <summary>Size of the context in bytes; 0 means that there is no descriptor.</summary>
    [FieldOffset(0)]
    public int Size;

    /// <summary>Offset of the pointer to the data.</summary>
    [FieldOffset(4)]
    public int Data;

    /// <summary>Offset of the pointer past the data.</summary>
    [FieldOffset(8)]
    public int End;

    /// <summary>Offset of the pointer to metadata.</summary>
    [FieldOffset(12)]
    public int Meta;
}
