using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Native;
using KernelSim.EbpfCore.Programs;
using KernelSim.NetEbpfExt.Contexts;
using KernelSim.Protocol;

namespace KernelSim.Samples.Programs;

/// <summary><c>bindmonitor.sys</c>: counts the ports that each process holds, and denies binds beyond a limit.</summary>
public static class BindMonitor
{
    /// <summary>The module's maps.</summary>
    public enum Maps
    {
        /// <summary>Number of ports by process id (8 bytes).</summary>
        [EbpfMap(BpfMapType.Hash, Name = "process_map", KeySize = 8, ValueSize = 8, MaxEntries = 1024)]
        Processes,

        /// <summary>Key 0: maximum number of ports per process; 0 for no limit.</summary>
        [EbpfMap(BpfMapType.Array, Name = "limits_map", KeySize = 4, ValueSize = 8, MaxEntries = 1)]
        Limits,
    }

    /// <summary>Decides about each bind, and counts each port that is released.</summary>
    [EbpfProgram("bind", Name = "BindMonitor")]
    public static uint Run(EbpfProgramContext context)
    {
        BindMd bind = context.ContextAs<BindMd>();
        ReadOnlySpan<byte> process = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in bind.ProcessId));
        Span<byte> found = context.MapLookupElem(context.Map(Maps.Processes), process);
        ulong held = found.IsEmpty ? 0 : MemoryMarshal.Read<ulong>(found);
        if (bind.Operation == BindOperation.Unbind)
        {
            if (held > 0)
            {
                Store(context, process, held - 1);
            }

            return (uint)BindAction.PermitSoft;
        }

        ulong limit = Limit(context);
        if (limit != 0 && held >= limit)
        {
            return (uint)BindAction.Deny;
        }

        Store(context, process, held + 1);
        return (uint)BindAction.PermitSoft;
    }

    private static ulong Limit(EbpfProgramContext context)
    {
        uint key = 0;
        Span<byte> limit = context.MapLookupElem(context.Map(Maps.Limits), MemoryMarshal.AsBytes(new ReadOnlySpan<uint>(in key)));
        return limit.IsEmpty ? 0 : MemoryMarshal.Read<ulong>(limit);
    }

    private static void Store(EbpfProgramContext context, ReadOnlySpan<byte> process, ulong held) =>
        context.MapUpdateElem(context.Map(Maps.Processes), process, MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(in held)));
}
