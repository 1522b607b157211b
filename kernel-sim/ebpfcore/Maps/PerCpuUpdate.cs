using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// A program's update of a per-CPU map: <c>_update_entry_per_cpu</c>. An existing element is written in place, whatever the option, unless the
/// driver has Linux's rules; a missing one is inserted with zeros for all CPUs, then written. Both race with user mode replacing the block, as
/// upstream's do.
/// </summary>
internal static unsafe class PerCpuUpdate
{
    /// <summary>The site of its lookups: they are not the program's, so they do not count as uses of the key in an LRU map.</summary>
    private const string Site = "ebpfcore:update_entry_per_cpu";

    /// <summary>Writes one CPU's value into the current processor's slot.</summary>
    /// <returns>Success, the result of the insertion, or <see cref="EbpfResult.NoMemory"/> if the new element vanished at once.</returns>
    public static EbpfResult Run(EbpfMap map, KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored)
    {
        if (map.FindEntry(current, key, delete: false, Site, out byte* block) != EbpfResult.Success)
        {
            stored = null;
            EbpfResult result = map.UpdateEntry(current, key, value: null, option, site: null, out _);
            if (result != EbpfResult.Success)
            {
                return result;
            }

            if (map.FindEntry(current, key, delete: false, Site, out block) != EbpfResult.Success)
            {
                return EbpfResult.NoMemory;
            }
        }
        else if (option == EbpfMapOption.NoExist && map.Core.Options.LinuxMapRules)
        {
            stored = null;
            return EbpfResult.ObjectAlreadyExists;
        }

        stored = block + map.Layout.SlotOffset(current.ProcessorNumber);
        BlockCopy.Copy(stored, value, map.Layout.ValueSize);
        return EbpfResult.Success;
    }
}
