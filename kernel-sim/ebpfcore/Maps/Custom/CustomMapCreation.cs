using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The steps of creating a custom map, in upstream's order: <c>ebpf_custom_map_create</c>. An NMR client of the map's own finds the
/// provider, the provider accepts or refuses the definition, and the store is created.
/// </summary>
/// <remarks>
/// The name is checked for its 63 bytes first, as for any other map: upstream omits this, and only an assertion keeps a longer
/// name from overrunning the info structure.
/// </remarks>
internal static class CustomMapCreation
{
    /// <summary>The create routine of all custom types.</summary>
    public static EbpfResult Create(in Caller caller, MapParameters parameters, out EbpfMap? map)
    {
        map = null;
        EbpfMapDefinition definition = parameters.Definition;
        if (!caller.Require(
            parameters.Name.Length < EbpfLimits.MapNameLength, CheckTable.MapCreateName, parameters.Name.Length, EbpfLimits.MapNameLength - 1))
        {
            return caller.Refused;
        }

        CustomMapClient client = new(NewModuleId(caller.Current), definition.Type, caller.Core.MapClientData);
        NtStatus status = caller.Current.Machine.Nmr.Register(caller.Current, client);
        if (!caller.Require(status.IsSuccess, CheckTable.MapCustomClient, status.Value, 0))
        {
            return caller.Refused;
        }

        EbpfResult result = Create(caller, parameters, client, out map);
        if (map is null)
        {
            client.End(caller.Current);
        }

        return result;
    }

    private static EbpfResult Create(
        in Caller caller, MapParameters parameters, CustomMapClient client, out EbpfMap? map)
    {
        map = null;
        EbpfMapDefinition definition = parameters.Definition;
        if (!caller.Require(
            client.Provider is not null && caller.Core.CustomMaps.TryAcquire(), CheckTable.MapCustomProvider, (uint)definition.Type, 0))
        {
            return caller.Refused;
        }

        MapProviderDispatch dispatch = client.Provider!.Dispatch;
        EbpfResult result = dispatch.PreprocessMapCreate(caller.Current, definition, out uint actualValueSize, out object? context);
        if (!caller.Require(result == EbpfResult.Success, CheckTable.MapCustomRefused, (int)result, (int)EbpfResult.Success))
        {
            result = caller.Refused;
        }
        else
        {
            result = Check(caller, client.Provider, definition, actualValueSize);
        }

        CustomStore? store = null;
        if (result == EbpfResult.Success)
        {
            uint storedBytes = Math.Max(actualValueSize, definition.ValueSize);
            result = CustomStoreTable.Find(client.Provider.BaseMapType)!(caller, definition, storedBytes, out store);
        }

        if (store is null)
        {
            if (context is not null)
            {
                dispatch.PostprocessMapDelete(caller.Current, context);
            }

            caller.Core.CustomMaps.Release();
            return result;
        }

        // The values that user mode sees have the definition's size, whatever the stored size; they are not per-CPU.
        PerCpuLayout.TryCreate(definition.Type, definition.ValueSize, possibleCpus: 1, out PerCpuLayout layout);
        map = new CustomMap(caller.Core, parameters with { Layout = layout }, client, store, actualValueSize, context);
        return result;
    }

    private static EbpfResult Check(
        in Caller caller, MapProviderData provider, EbpfMapDefinition definition, uint actualValueSize)
    {
        MapProviderDispatch dispatch = provider.Dispatch;
        bool rewrites = provider.UpdatesOriginalValue;
        bool isComplete = dispatch.PostprocessFindElement is not null
            && dispatch.PreprocessUpdateElement is not null
            && (dispatch.PreprocessDeleteElement is not null || dispatch.PostprocessDeleteElement is not null);

        // A limit of this driver: the length of a span of bytes has 31 bits.
        if (!caller.Require(
                actualValueSize is not 0 and <= int.MaxValue && definition.KeySize <= int.MaxValue && definition.ValueSize <= int.MaxValue,
                CheckTable.MapCustomValueSize,
                actualValueSize,
                definition.ValueSize)
            || !caller.Require(
                rewrites || actualValueSize == definition.ValueSize, CheckTable.MapCustomValueSize, actualValueSize, definition.ValueSize)
            || !caller.Require(!rewrites || isComplete, CheckTable.MapCustomCallbacks, 0, 1))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }

    private static Guid NewModuleId(KeThread current)
    {
        KernelRandom random = current.Machine.Random;
        return new Guid(random.NextUInt32(), (ushort)random.NextUInt32(), (ushort)random.NextUInt32(), 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
