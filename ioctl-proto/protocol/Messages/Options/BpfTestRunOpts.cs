using System.Runtime.InteropServices;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Options and results of a test run in the caller's memory: <c>struct bpf_test_run_opts</c>, 80 bytes. Never crosses to the kernel.
/// </summary>
[UpstreamStruct("struct bpf_test_run_opts", 80)]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = 80)]
public struct BpfTestRunOpts
{
    /// <summary>Bytes in the structure; not looked at.</summary>
    [FieldOffset(0)]
    public ulong Sz;

    /// <summary>Address of the input data; NULL for none.</summary>
    [FieldOffset(8)]
    public ulong DataIn;

    /// <summary>Address of room for the output data; NULL if it is not wanted.</summary>
    [FieldOffset(16)]
    public ulong DataOut;

    /// <summary>Size in bytes of <see cref="DataIn"/>.</summary>
    [FieldOffset(24)]
    public uint DataSizeIn;

    /// <summary>In: room at <see cref="DataOut"/>, in bytes. Out: bytes written there.</summary>
    [FieldOffset(28)]
    public uint DataSizeOut;

    /// <summary>Address of the input context; NULL for none.</summary>
    [FieldOffset(32)]
    public ulong CtxIn;

    /// <summary>Address of room for the output context; NULL if it is not wanted.</summary>
    [FieldOffset(40)]
    public ulong CtxOut;

    /// <summary>Size in bytes of <see cref="CtxIn"/>.</summary>
    [FieldOffset(48)]
    public uint CtxSizeIn;

    /// <summary>In: room at <see cref="CtxOut"/>, in bytes. Out: bytes written there.</summary>
    [FieldOffset(52)]
    public uint CtxSizeOut;

    /// <summary>Out: the return value of the program's last run.</summary>
    [FieldOffset(56)]
    public uint Retval;

    /// <summary>Number of runs; 0 means one. Sign-extended to 64 bits, so a negative number becomes a huge count.</summary>
    [FieldOffset(60)]
    public int Repeat;

    /// <summary>Out: average nanoseconds per run.</summary>
    [FieldOffset(64)]
    public uint Duration;

    /// <summary>Passed on; the driver ignores it.</summary>
    [FieldOffset(68)]
    public uint Flags;

    /// <summary>The CPU to run on.</summary>
    [FieldOffset(72)]
    public uint Cpu;

    /// <summary>Runs in one epoch; 0 means 1024.</summary>
    [FieldOffset(76)]
    public uint BatchSize;
}
