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
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 42;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>The program.</summary>
    [FieldOffset(8)]
    public NtHandle ProgramHandle;

    /// <summary>How often to run; 0 means once.</summary>
    [FieldOffset(16)]
    public ulong RepeatCount;

    /// <summary>Flags.</summary>
    [FieldOffset(24)]
    public uint Flags;

    /// <summary>The CPU to run on.</summary>
    [FieldOffset(28)]
    public uint Cpu;

    /// <summary>Runs between two looks at whether to yield; 0 means 1024.</summary>
    [FieldOffset(32)]
    public ulong BatchSize;

    /// <summary>Where the context starts, in bytes from the start of the tail.</summary>
    [FieldOffset(40)]
    public ushort ContextOffset;
}

/// <summary>
/// Reply of operation 33, <c>ebpf_operation_program_test_run_reply_t</c>: what came of it; the tail is data, then
/// context.
/// </summary>
[UpstreamStruct("ebpf_operation_program_test_run_reply_t", 40, Tail = "data")]
[StructLayout(LayoutKind.Explicit, Pack = 1, Size = TailOffset)]
public struct ProgramTestRunReply
{
    /// <summary>Where <c>data</c> starts: also the smallest size of the message.</summary>
    public const int TailOffset = 32;

    /// <summary>Length and operation.</summary>
    [FieldOffset(0)]
    public OperationHeader Header;

    /// <summary>Nanoseconds that a run took on average.</summary>
    [FieldOffset(8)]
    public ulong Duration;

    /// <summary>What the program returned last.</summary>
    [FieldOffset(16)]
    public ulong ReturnValue;

    /// <summary>Bytes of data in the tail: the context starts there.</summary>
    [FieldOffset(24)]
    public ulong ContextOffset;
}
