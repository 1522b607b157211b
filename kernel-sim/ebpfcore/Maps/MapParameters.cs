using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Maps;

/// <summary>The parameters for creating a map, after the checks common to all types.</summary>
/// <param name="Definition">The requested definition; its value size is one CPU's.</param>
/// <param name="Layout">The layout of its values.</param>
/// <param name="Name">Name in UTF-8, at most 63 bytes.</param>
/// <param name="InnerMapHandle">Handle of the template of a map of maps, otherwise <see cref="NtHandle.Invalid"/>.</param>
internal sealed record MapParameters(EbpfMapDefinition Definition, PerCpuLayout Layout, byte[] Name, NtHandle InnerMapHandle)
{
    /// <summary>Refuses a template, which only maps of maps have.</summary>
    public bool RequireNoInnerMap(in Caller caller)
    {
        long inner = InnerMapHandle.Value;
        return caller.Require(inner == NtHandle.Invalid.Value, CheckTable.MapCreateInnerMap, inner, NtHandle.Invalid.Value);
    }
}
