using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Options of the batch calls in the caller's memory: <c>struct bpf_map_batch_opts</c>, 24 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("struct bpf_map_batch_opts", 24)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 24)]
public struct BpfMapBatchOpts
{
    /// <summary>Size of the structure in bytes; ignored.</summary>
    [FieldOffset(0)]
    public ulong Sz;

    /// <summary>For an update, an <see cref="EbpfMapOption"/>; otherwise 0.</summary>
    [FieldOffset(8)]
    public ulong ElemFlags;

    /// <summary>Must be 0.</summary>
    [FieldOffset(16)]
    public ulong Flags;
}
