using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>The address of a helper, for JIT-compiled code: <c>helper_function_address_t</c>, 16 bytes.</summary>
[UpstreamStruct("helper_function_address_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct HelperFunctionAddress
{
    /// <summary>Address of the helper.</summary>
    [FieldOffset(0)]
    public ulong Address;

    /// <summary>Not 0: the helper takes the program's context as a hidden argument.</summary>
    [FieldOffset(8)]
    public byte ImplicitContext;
}
