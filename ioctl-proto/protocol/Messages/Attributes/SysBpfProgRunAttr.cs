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
    /// <summary>Descriptor of the program.</summary>
    [FieldOffset(0)]
    public uint ProgFd;

    /// <summary>Out: the program's return value.</summary>
    [FieldOffset(4)]
    public uint Retval;

    /// <summary>Size of the input data in bytes.</summary>
    [FieldOffset(8)]
    public uint DataSizeIn;

    /// <summary>In: room for output data, in bytes. Out: size of the output data.</summary>
    [FieldOffset(12)]
    public uint DataSizeOut;

    /// <summary>Address of the input data.</summary>
    [FieldOffset(16)]
    public ulong DataIn;

    /// <summary>Address of room for output data, or NULL.</summary>
    [FieldOffset(24)]
    public ulong DataOut;

    /// <summary>Number of runs.</summary>
    [FieldOffset(32)]
    public uint Repeat;

    /// <summary>Out: nanoseconds per run.</summary>
    [FieldOffset(36)]
    public uint Duration;

    /// <summary>Size of the input context in bytes.</summary>
    [FieldOffset(40)]
    public uint CtxSizeIn;

    /// <summary>In: room for the output context, in bytes. Out: size of the output context.</summary>
    [FieldOffset(44)]
    public uint CtxSizeOut;

    /// <summary>Address of the input context.</summary>
    [FieldOffset(48)]
    public ulong CtxIn;

    /// <summary>Address of room for the output context, or NULL.</summary>
    [FieldOffset(56)]
    public ulong CtxOut;

    /// <summary>Passed on unchanged.</summary>
    [FieldOffset(64)]
    public uint Flags;

    /// <summary>The processor to run on.</summary>
    [FieldOffset(68)]
    public uint Cpu;

    /// <summary>Runs between two points at which the processor may be yielded.</summary>
    [FieldOffset(72)]
    public uint BatchSize;

    /// <summary>Must be 0.</summary>
    [FieldOffset(76)]
    public uint Pad0;
}
