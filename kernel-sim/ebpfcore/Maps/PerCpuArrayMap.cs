using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Maps;

/// <summary><c>BPF_MAP_TYPE_PERCPU_ARRAY</c>: an array whose values have a slot for each possible CPU.</summary>
internal sealed unsafe class PerCpuArrayMap : ArrayMap
{
    private PerCpuArrayMap(CoreContext core, MapParameters parameters, byte* data)
        : base(core, parameters, data)
    {
    }

    /// <summary>The create routine of the type.</summary>
    public static new EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        EbpfResult result = AllocateData(caller, parameters, out byte* data);
        map = result == EbpfResult.Success ? new PerCpuArrayMap(caller.Core, parameters, data) : null;
        return result;
    }

    /// <inheritdoc/>
    internal override EbpfResult HelperUpdate(KeThread current, byte* key, byte* value, EbpfMapOption option, out byte* stored) =>
        PerCpuUpdate.Run(this, current, key, value, option, out stored);
}
