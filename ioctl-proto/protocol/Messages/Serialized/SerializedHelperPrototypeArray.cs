using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// A program type's own helpers: <c>ebpf_serialized_helper_function_prototype_array_t</c>; present only if the type has any.
/// </summary>
[UpstreamStruct("ebpf_serialized_helper_function_prototype_array_t", 40, Tail = "prototypes")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct SerializedHelperPrototypeArray
{
    /// <summary>Offset of the first <see cref="SerializedHelperPrototype"/>.</summary>
    public const int TailOffset = 36;

    /// <summary>Size of the array with its prototypes, in bytes.</summary>
    [FieldOffset(0)]
    public ulong Size;

    /// <summary>Always zero.</summary>
    [FieldOffset(8)]
    public ExtensionHeader Header;

    /// <summary>Number of prototypes in the array.</summary>
    [FieldOffset(32)]
    public uint HelperFunctionCount;
}
