using KernelSim.EbpfCore.Memory;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary><c>BPF_MAP_TYPE_ARRAY_OF_MAPS</c>.</summary>
internal sealed unsafe class ArrayOfMaps : ObjectArrayMap
{
    private ArrayOfMaps(CoreContext core, MapParameters parameters, InnerMapTemplate template, byte* slots)
        : base(core, parameters, EbpfObjectType.Map, template, slots)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static EbpfResult Create(KeThread current, CoreContext core, MapParameters parameters, string site, out EbpfMap? map)
    {
        map = null;
        EbpfResult result = AllocateSlots(current, parameters, site, out byte* slots);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        result = InnerMapTemplate.Take(current, core, parameters.InnerMapHandle, site, out InnerMapTemplate? template);
        if (template is null)
        {
            current.Machine.Pool.Free(slots, PoolTags.Map);
            return result;
        }

        map = new ArrayOfMaps(core, parameters, template, slots);
        return result;
    }
}
