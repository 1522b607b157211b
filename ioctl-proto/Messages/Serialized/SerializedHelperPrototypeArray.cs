using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// A program type's own helpers: <c>ebpf_serialized_helper_function_prototype_array_t</c>; there only when the type has any.
/// </summary>
[UpstreamStruct("ebpf_serialized_helper_function_prototype_array_t", 40, Tail = "prototypes")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct SerializedHelperPrototypeArray
{
    /// <summary>Where the first <see cref="SerializedHelperPrototype"/> starts.</summary>
    public const int TailOffset = 36;

    /// <summary>Bytes in the array with its prototypes.</summary>
    [FieldOffset(0)]
    public ulong Size;

    /// <summary>Left zero.</summary>
    [FieldOffset(8)]
    public ExtensionHeader Header;

    /// <summary>Prototypes in the array.</summary>
    [FieldOffset(32)]
    public uint HelperFunctionCount;
}
