using KernelSim.EbpfCore.Hash;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// <c>BPF_MAP_TYPE_STACK</c>: last in, first out: a pop takes the newest value. A full stack, too, drops its oldest value to make room.
/// </summary>
internal sealed unsafe class StackMap : CircularMap
{
    private StackMap(CoreContext core, MapParameters parameters, ulong* slots, BlockSource values)
        : base(core, parameters, slots, values)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = CreateParts(caller, parameters, out ulong* slots, out BlockSource? values);
        map = values is null ? null : new StackMap(caller.Core, parameters, slots, values);
        return result;
    }

    /// <inheritdoc/>
    private protected override uint NextOf(uint count) => count - 1;
}
