using System.Runtime.InteropServices;
using KernelSim.Protocol.Gate;

namespace KernelSim.Protocol.Messages;

/// <summary>
/// Request of operation 33, <c>ebpf_operation_program_test_run_request_t</c>: runs a program on data that the caller
/// supplies; the tail is data, then context.
/// </summary>
[UpstreamStruct("ebpf_operation_program_test_run_request_t", 48, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ProgramTestRunRequest
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 42;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Handle of the program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>Number of runs; 0 means one.</summary>
    [FieldOffset(16)]
    public ulong RepeatCount;

    /// <summary>Ignored by the driver.</summary>
    [FieldOffset(24)]
    public uint Flags;

    /// <summary>The CPU to run on.</summary>
    [FieldOffset(28)]
    public uint Cpu;

    /// <summary>Runs between two checks whether to yield; 0 means 1024.</summary>
    [FieldOffset(32)]
    public ulong BatchSize;

    /// <summary>Offset of the context from the start of the tail, in bytes.</summary>
    [FieldOffset(40)]
    public ushort ContextOffset;
}

/// <summary>
/// Reply of operation 33, <c>ebpf_operation_program_test_run_reply_t</c>: the outcome; the tail is data, then
/// context.
/// </summary>
[UpstreamStruct("ebpf_operation_program_test_run_reply_t", 40, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ProgramTestRunReply
{
    /// <summary>Offset of <c>data</c> in bytes: also the minimum length of the message.</summary>
    public const int TailOffset = 32;

    /// <summary>The common header: length of the message in bytes, and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Average nanoseconds per run.</summary>
    [FieldOffset(8)]
    public ulong Duration;

    /// <summary>The return value of the program's last run.</summary>
    [FieldOffset(16)]
    public ulong ReturnValue;

    /// <summary>Size of the data in the tail, in bytes: the context starts there.</summary>
    [FieldOffset(24)]
    public ulong ContextOffset;
}
