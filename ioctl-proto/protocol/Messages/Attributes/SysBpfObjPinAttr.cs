using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_OBJ_PIN</c> and <c>BPF_OBJ_GET</c> are given:
/// <c>sys_bpf_obj_pin_attr_t</c>, 16 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_obj_pin_attr_t", 16)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 16)]
public struct SysBpfObjPinAttr
{
    /// <summary>Address of a zero-terminated path.</summary>
    [FieldOffset(0)]
    public ulong Pathname;

    /// <summary>Descriptor of the object; must be 0 for <c>BPF_OBJ_GET</c>.</summary>
    [FieldOffset(8)]
    public uint BpfFd;

    /// <summary>Must be 0.</summary>
    [FieldOffset(12)]
    public uint Flags;
}
