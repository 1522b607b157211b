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

    /// <summary>Address of the data that the program is to see; NULL for none.</summary>
    [FieldOffset(8)]
    public ulong DataIn;

    /// <summary>Address of room for the data afterwards; NULL for not wanted.</summary>
    [FieldOffset(16)]
    public ulong DataOut;

    /// <summary>Bytes at <see cref="DataIn"/>.</summary>
    [FieldOffset(24)]
    public uint DataSizeIn;

    /// <summary>In: bytes of room at <see cref="DataOut"/>. Out: bytes written there.</summary>
    [FieldOffset(28)]
    public uint DataSizeOut;

    /// <summary>Address of the context to start from; NULL for none.</summary>
    [FieldOffset(32)]
    public ulong CtxIn;

    /// <summary>Address of room for the context afterwards; NULL for not wanted.</summary>
    [FieldOffset(40)]
    public ulong CtxOut;

    /// <summary>Bytes at <see cref="CtxIn"/>.</summary>
    [FieldOffset(48)]
    public uint CtxSizeIn;

    /// <summary>In: bytes of room at <see cref="CtxOut"/>. Out: bytes written there.</summary>
    [FieldOffset(52)]
    public uint CtxSizeOut;

    /// <summary>Out: what the program returned in its last run.</summary>
    [FieldOffset(56)]
    public uint Retval;

    /// <summary>How often to run; 0 means once. Widened to 64 bits with its sign, so that a negative number is a huge one.</summary>
    [FieldOffset(60)]
    public int Repeat;

    /// <summary>Out: nanoseconds that a run took on average.</summary>
    [FieldOffset(64)]
    public uint Duration;

    /// <summary>Passed on; the driver ignores them.</summary>
    [FieldOffset(68)]
    public uint Flags;

    /// <summary>The CPU to run on.</summary>
    [FieldOffset(72)]
    public uint Cpu;

    /// <summary>Runs in one epoch; 0 means 1024.</summary>
    [FieldOffset(76)]
    public uint BatchSize;
}
