using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Maps;

/// <summary>The steps of creating a map of any type, in upstream's order: <c>ebpf_map_create</c>.</summary>
internal static class MapCreation
{
    /// <summary>Creates a map and assigns its id. The caller owns its only reference.</summary>
    public static EbpfResult Run(
        in Caller caller, EbpfMapDefinition definition, ReadOnlySpan<byte> name, NtHandle innerMapHandle, out EbpfMap? map)
    {
        map = null;
        MapTypeTraits? traits = MapTypeTable.Find(definition.Type);
        if (!caller.Require(traits is not null, CheckTable.MapCreateType, (uint)definition.Type, MapTypeTable.Count - 1))
        {
            return caller.Refused;
        }

        // Custom types are checked by the extension that provides them: straight on to the create routine.
        PerCpuLayout layout = default;
        if (!traits!.IsCustom)
        {
            EbpfResult generic = CheckArguments(caller, definition, traits, name.Length, out layout);
            if (generic != EbpfResult.Success)
            {
                return generic;
            }
        }

        MapCreator? create = MapCreatorTable.Find(definition.Type);
        if (!caller.Require(create is not null, CheckTable.MapCreateBuilt, (uint)definition.Type, 0))
        {
            return caller.Refused;
        }

        var parameters = new MapParameters(definition, layout, name.ToArray(), innerMapHandle);
        EbpfResult result = create!(caller, parameters, out map);
        if (map is not null)
        {
            caller.Core.Objects.Add(caller.Current, map);
            map.TraceCreate(caller.Current);
        }

        return result;
    }

    private static EbpfResult CheckArguments(
        in Caller caller, EbpfMapDefinition definition, MapTypeTraits traits, int nameLength, out PerCpuLayout layout)
    {
        layout = default;
        if (!caller.Require(definition.KeySize != 0 || traits.Key.Allows(0), CheckTable.MapCreateKeySize, definition.KeySize, 1)
            || !caller.Require(definition.ValueSize != 0 || traits.Value.Allows(0), CheckTable.MapCreateValueSize, definition.ValueSize, 1)
            || !caller.Require(definition.MaxEntries != 0, CheckTable.MapCreateMaxEntries, definition.MaxEntries, 1))
        {
            return caller.Refused;
        }

        int cpus = caller.Current.Machine.Processors.Count;
        ulong total = traits.IsPerCpuInKernel ? PerCpuLayout.TotalOf(definition.ValueSize, cpus) : definition.ValueSize;
        if (!caller.Require(total <= uint.MaxValue, CheckTable.MapCreateValueTotal, (long)total, uint.MaxValue)
            || !caller.Require(nameLength < EbpfLimits.MapNameLength, CheckTable.MapCreateName, nameLength, EbpfLimits.MapNameLength - 1))
        {
            return caller.Refused;
        }

        // It fits, because its total does.
        PerCpuLayout.TryCreate(definition.Type, definition.ValueSize, cpus, out layout);
        return EbpfResult.Success;
    }
}
