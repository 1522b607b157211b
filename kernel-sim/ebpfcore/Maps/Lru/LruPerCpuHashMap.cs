using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_LRU_PERCPU_HASH</c>: an LRU hash map whose values have a slot for each possible CPU. A program's update of an existing
/// key writes its processor's slot in place and does not count as a use of the key; a lookup does.
/// </summary>
internal sealed unsafe class LruPerCpuHashMap : LruHashMap
{
    private LruPerCpuHashMap(CoreContext core, MapParameters parameters, HashTable table, LruHistory history)
        : base(core, parameters, table, history)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static new EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = CreateParts(caller, parameters, out HashTable? table, out LruHistory? history);
        map = table is null ? null : new LruPerCpuHashMap(caller.Core, parameters, table, history!);
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult HelperUpdate(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored) =>
        PerCpuUpdate.Run(this, current, key, value, option, out stored);
}
