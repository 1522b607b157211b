using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.Tool.Bpftool.Maps;

/// <summary>
/// What stands for Linux's memlock: the bytes that a map's keys and values take in the kernel when it is full, each value padded to 8 bytes
/// a CPU. The kernel does not tell, so that this is computed from the map's definition; its bookkeeping is not counted.
/// </summary>
internal static class MapBytes
{
    /// <summary>The bytes of a full map.</summary>
    /// <param name="info">The facts about it.</param>
    /// <param name="processors">Possible processors of the machine.</param>
    public static ulong Of(in BpfMapInfo info, int processors)
    {
        MapTypeTraits? traits = MapTypeTable.Find(info.Type);
        ulong copies = traits?.IsPerCpuInKernel == true ? (ulong)processors : 1;
        ulong entry = traits?.Capacity switch
        {
            MapCapacity.RingBytes => 1,
            MapCapacity.Slots => PerCpuLayout.Pad8(info.ValueSize) * copies,
            _ => PerCpuLayout.Pad8(info.KeySize) + (PerCpuLayout.Pad8(info.ValueSize) * copies),
        };
        return info.MaxEntries * (traits?.Capacity == MapCapacity.RingBytes ? copies : entry);
    }
}
