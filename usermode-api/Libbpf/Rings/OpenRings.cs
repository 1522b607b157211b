using System.Runtime.InteropServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Calls;
using KernelSim.UserMode.Device;
using KernelSim.UserMode.Rings;

namespace KernelSim.UserMode;

/// <summary>The common part of creating managers: maps rings of a map and makes them set the manager's event.</summary>
internal static class OpenRings
{
    private const string OptionsSite = "library:ring_buffer_new.opts";
    private const uint OptionsSize = 16;
    private const uint FlagsOffset = 8;

    /// <summary>The only flag of <c>ebpf_ring_buffer_opts</c> and <c>ebpf_perf_buffer_opts</c>: automatic callbacks.</summary>
    public const ulong AutoCallback = 1;

    /// <summary>Reads the flags of the options, 0 without any.</summary>
    public static bool TryReadFlags(ApiCall call, ulong options, out ulong flags)
    {
        flags = 0;
        if (options == 0)
        {
            return true;
        }

        if (!call.RequireBuffer(MemoryAccess.Read, CheckTable.ApiRingOptions, "opts", options, 1, OptionsSize, "sizeof(ebpf_ring_buffer_opts)"))
        {
            return false;
        }

        flags = MemoryMarshal.Read<ulong>(call.Memory.Access(options + FlagsOffset, sizeof(ulong), MemoryAccess.Read, OptionsSite));
        return true;
    }

    /// <summary>Adds rings 0 to <paramref name="count"/> - 1 of a map to a manager's; all of them or none.</summary>
    public static EbpfResult Add(ApiCall call, int fd, int count, NtHandle waitHandle, RingReceiver receiver, List<MappedRing> rings)
    {
        if (!call.TryResolve(fd, out OpenDescriptor? entry))
        {
            return call.Refused;
        }

        int before = rings.Count;
        EbpfResult result = EbpfResult.Success;
        for (int index = 0; index < count && result == EbpfResult.Success; index++)
        {
            result = RingMessages.SetWaitHandle(call.Channel, entry.Handle, (ulong)index, waitHandle);
            if (result == EbpfResult.Success)
            {
                result = call.Library.Rings.Map(call.Channel, entry.Handle, (ulong)index, out RingMapping? mapping);
                if (mapping is not null)
                {
                    MappedRing ring = new(fd, index, mapping, receiver);
                    ring.LostCount = receiver.PerfSample is null ? 0 : ring.LostRecords(call.Memory);
                    rings.Add(ring);
                }
            }
        }

        if (result != EbpfResult.Success)
        {
            Remove(call, rings, before);
        }

        return result;
    }

    /// <summary>Releases a manager's rings from an index on.</summary>
    public static void Remove(ApiCall call, List<MappedRing> rings, int first)
    {
        foreach (MappedRing ring in rings[first..])
        {
            // Upstream asks the kernel to clear the event by passing an invalid handle, and ignores that the kernel refuses.
            if (call.Traits.ClearsWaitHandle && call.Library.Descriptors.TryGet(ring.Descriptor, out OpenDescriptor? entry))
            {
                RingMessages.SetWaitHandle(call.Channel, entry.Handle, (ulong)ring.Index, NtHandle.Invalid);
            }

            ring.IsReleased = true;
            if (call.Library.Rings.TryRemove(ring.Mapping.Consumer, out RingMapping? mapping))
            {
                RingTable.UnmapViews(call.Library.Gate, call.RequestId, mapping);
            }
        }

        rings.RemoveRange(first, rings.Count - first);
    }
}
