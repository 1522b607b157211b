using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// What <c>BPF_PROG_TEST_RUN</c> is given:
/// <c>sys_bpf_prog_run_attr_t</c>, 80 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("sys_bpf_prog_run_attr_t", 80)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 80)]
public struct SysBpfProgRunAttr
{
    /// <summary>The program.</summary>
    [FieldOffset(0)]
    public uint ProgFd;

    /// <summary>Out: what it returned.</summary>
    [FieldOffset(4)]
    public uint Retval;

    /// <summary>Bytes of data.</summary>
    [FieldOffset(8)]
    public uint DataSizeIn;

    /// <summary>In: bytes of room for data. Out: bytes of data.</summary>
    [FieldOffset(12)]
    public uint DataSizeOut;

    /// <summary>Address of data.</summary>
    [FieldOffset(16)]
    public ulong DataIn;

    /// <summary>Address of room for data, or NULL.</summary>
    [FieldOffset(24)]
    public ulong DataOut;

    /// <summary>How often it runs.</summary>
    [FieldOffset(32)]
    public uint Repeat;

    /// <summary>Out: nanoseconds a run.</summary>
    [FieldOffset(36)]
    public uint Duration;

    /// <summary>Bytes of context.</summary>
    [FieldOffset(40)]
    public uint CtxSizeIn;

    /// <summary>In: bytes of room for the context. Out: bytes of it.</summary>
    [FieldOffset(44)]
    public uint CtxSizeOut;

    /// <summary>Address of the context.</summary>
    [FieldOffset(48)]
    public ulong CtxIn;

    /// <summary>Address of room for the context, or NULL.</summary>
    [FieldOffset(56)]
    public ulong CtxOut;

    /// <summary>Passed on.</summary>
    [FieldOffset(64)]
    public uint Flags;

    /// <summary>The processor.</summary>
    [FieldOffset(68)]
    public uint Cpu;

    /// <summary>Runs without giving the processor up.</summary>
    [FieldOffset(72)]
    public uint BatchSize;

    /// <summary>Must be 0.</summary>
    [FieldOffset(76)]
    public uint Pad0;
}
