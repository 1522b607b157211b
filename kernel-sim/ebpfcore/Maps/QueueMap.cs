using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary><c>BPF_MAP_TYPE_QUEUE</c>: first in, first out: a pop takes the oldest value.</summary>
internal sealed unsafe class QueueMap : CircularMap
{
    private QueueMap(CoreContext core, MapParameters parameters, ulong* slots, BlockSource values)
        : base(core, parameters, slots, values)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = CreateParts(caller, parameters, out ulong* slots, out BlockSource? values);
        map = values is null ? null : new QueueMap(caller.Core, parameters, slots, values);
        return result;
    }

    /// <inheritdoc/>
    private protected override uint NextOf(uint count) => 0;
}
