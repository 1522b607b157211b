using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_PERCPU_HASH</c>: a value is one block with a slot for each possible CPU. User mode reads and replaces whole blocks; a
/// program accesses its own processor's slot in place.
/// </summary>
internal sealed unsafe class PerCpuHashMap : HashMap
{
    private PerCpuHashMap(CoreContext core, MapParameters parameters, HashTable table)
        : base(core, parameters, table)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static new EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = CreateTable(caller, parameters, out HashTable? table);
        map = table is null ? null : new PerCpuHashMap(caller.Core, parameters, table);
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult HelperUpdate(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored) =>
        PerCpuUpdate.Run(this, current, key, value, option, out stored);
}
