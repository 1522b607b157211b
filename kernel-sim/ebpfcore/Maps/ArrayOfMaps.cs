using KernelSim.EbpfCore.Memory;
using KernelSim.EbpfCore.Objects;
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
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        map = null;
        EbpfResult result = AllocateSlots(caller, parameters, out byte* slots);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        result = InnerMapTemplate.Take(caller, parameters.InnerMapHandle, out InnerMapTemplate? template);
        if (template is null)
        {
            caller.Current.Machine.Pool.Free(slots, CorePoolTags.Map);
            return result;
        }

        map = new ArrayOfMaps(caller.Core, parameters, template, slots);
        return result;
    }
}
