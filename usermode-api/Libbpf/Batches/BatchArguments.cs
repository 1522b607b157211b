using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Marshalling;

namespace KernelSim.UserMode;

/// <summary>
/// The arguments that all batch calls share, in the process's memory: the count, which is read and written, and the options.
/// </summary>
internal readonly struct BatchArguments(ulong count, ulong options, BatchSites sites)
{
    private const uint OptionsSize = 24;

    private static readonly ulong s_elemFlags = (ulong)Marshal.OffsetOf<BpfMapBatchOpts>(nameof(BpfMapBatchOpts.ElemFlags));

    private static readonly ulong s_flags = (ulong)Marshal.OffsetOf<BpfMapBatchOpts>(nameof(BpfMapBatchOpts.Flags));

    /// <summary>Checks that options and count can be reached, in the versions that check buffers.</summary>
    public bool RequireReachable(ApiCall call) =>
        (options == 0
            || call.RequireBuffer(
                MemoryAccess.Read, CheckTable.ApiBatchOptsSize, "opts", options, 1, OptionsSize, "sizeof(bpf_map_batch_opts)"))
        && call.RequireBuffer(MemoryAccess.Write, CheckTable.ApiBatchCountSize, "count", count, 1, sizeof(uint));

    /// <summary>Whether <c>opts->flags</c> is 0. A NULL opts is dereferenced if the version does not accept it.</summary>
    public bool RequireNoFlags(ApiCall call) => RequireZero(call, CheckTable.ApiBatchFlags, "flags", ReadOption(call, s_flags));

    /// <summary>Whether element flags that were read are 0.</summary>
    public static bool RequireNoElemFlags(ApiCall call, ulong flags) => RequireZero(call, CheckTable.ApiBatchElemFlags, "elem_flags", flags);

    /// <summary>Reads <c>opts->elem_flags</c>; 0 for a NULL opts.</summary>
    public ulong ReadElemFlags(ApiCall call) => ReadOption(call, s_elemFlags);

    /// <summary>Reads <c>*count</c>.</summary>
    public uint ReadCount(ApiCall call) =>
        MemoryMarshal.Read<uint>(call.Memory.Access(count, sizeof(uint), MemoryAccess.Read, sites.Count));

    /// <summary>Writes <c>*count</c>.</summary>
    public void WriteCount(ApiCall call, uint value) =>
        MemoryMarshal.Write(call.Memory.Access(count, sizeof(uint), MemoryAccess.Write, sites.Count), value);

    /// <summary>Writes how many elements were done, in the version that always does.</summary>
    public EbpfResult Leave(ApiCall call, EbpfResult result)
    {
        if (call.Traits.AlwaysWritesCount && call.Memory.TryAccess(
            count, sizeof(uint), MemoryAccess.Write, sites.Count, out Span<byte> bytes, out _))
        {
            MemoryMarshal.Write(bytes, (uint)call.Done);
        }

        return result;
    }

    /// <summary>The count for a trace; 0 if it cannot be read.</summary>
    public long Peek(ApiCall call) =>
        call.Memory.TryAccess(count, sizeof(uint), MemoryAccess.Read, sites.Count, out Span<byte> bytes, out _)
            ? MemoryMarshal.Read<uint>(bytes)
            : 0;

    private static bool RequireZero(ApiCall call, Check check, string what, ulong value) =>
        call.Require(value == 0, check, what, unchecked((long)value), 0);

    private ulong ReadOption(ApiCall call, ulong offset) =>
        options == 0 && call.Traits.AcceptsNullOptions
            ? 0
            : MemoryMarshal.Read<ulong>(call.Memory.Access(options + offset, sizeof(ulong), MemoryAccess.Read, sites.Options));
}
