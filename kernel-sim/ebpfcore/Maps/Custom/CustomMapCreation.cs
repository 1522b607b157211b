using KernelSim.EbpfCore.Extensions;
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
    public static EbpfResult Create(KeThread current, CoreContext core, MapParameters parameters, string site, out EbpfMap? map)
    {
        map = null;
        EbpfMapDefinition definition = parameters.Definition;
        if (!current.Require(
            parameters.Name.Length < EbpfLimits.MapNameLength, CheckTable.MapCreateName, site, parameters.Name.Length, EbpfLimits.MapNameLength - 1))
        {
            return CheckTable.MapCreateName.Result;
        }

        CustomMapClient client = new(NewModuleId(current), definition.Type);
        NtStatus status = current.Machine.Nmr.Register(current, client);
        if (!current.Require(status.IsSuccess, CheckTable.MapCustomClient, site, status.Value, 0))
        {
            return CheckTable.MapCustomClient.Result;
        }

        EbpfResult result = Create(current, core, parameters, client, site, out map);
        if (map is null)
        {
            client.End(current);
        }

        return result;
    }

    private static EbpfResult Create(
        KeThread current, CoreContext core, MapParameters parameters, CustomMapClient client, string site, out EbpfMap? map)
    {
        map = null;
        EbpfMapDefinition definition = parameters.Definition;
        if (!current.Require(
            client.Provider is not null && core.CustomMaps.TryAcquire(), CheckTable.MapCustomProvider, site, (uint)definition.Type, 0))
        {
            return CheckTable.MapCustomProvider.Result;
        }

        MapProviderDispatch dispatch = client.Provider!.Dispatch;
        EbpfResult result = dispatch.PreprocessMapCreate(current, definition, out uint actualValueSize, out object? context);
        if (!current.Require(result == EbpfResult.Success, CheckTable.MapCustomRefused, site, (int)result, (int)EbpfResult.Success))
        {
            result = CheckTable.MapCustomRefused.Result;
        }
        else
        {
            result = Check(current, client.Provider, definition, actualValueSize, site);
        }

        CustomStore? store = null;
        if (result == EbpfResult.Success)
        {
            uint storedBytes = Math.Max(actualValueSize, definition.ValueSize);
            result = CustomStoreTable.Find(client.Provider.BaseMapType)!(current, core, definition, storedBytes, site, out store);
        }

        if (store is null)
        {
            if (context is not null)
            {
                dispatch.PostprocessMapDelete(current, context);
            }

            core.CustomMaps.Release();
            return result;
        }

        // The values that user mode sees have the definition's size, whatever the stored size; they are not per-CPU.
        PerCpuLayout.TryCreate(definition.Type, definition.ValueSize, possibleCpus: 1, out PerCpuLayout layout);
        map = new CustomMap(core, parameters with { Layout = layout }, client, store, actualValueSize, context);
        return result;
    }

    private static EbpfResult Check(
        KeThread current, MapProviderData provider, EbpfMapDefinition definition, uint actualValueSize, string site)
    {
        MapProviderDispatch dispatch = provider.Dispatch;
        bool rewrites = provider.UpdatesOriginalValue;
        bool isComplete = dispatch.PostprocessFindElement is not null
            && dispatch.PreprocessUpdateElement is not null
            && (dispatch.PreprocessDeleteElement is not null || dispatch.PostprocessDeleteElement is not null);

        // A limit of this driver: the length of a span of bytes has 31 bits.
        return current.Require(
                actualValueSize is not 0 and <= int.MaxValue && definition.KeySize <= int.MaxValue && definition.ValueSize <= int.MaxValue,
                CheckTable.MapCustomValueSize,
                site,
                actualValueSize,
                definition.ValueSize)
            && current.Require(
                rewrites || actualValueSize == definition.ValueSize, CheckTable.MapCustomValueSize, site, actualValueSize, definition.ValueSize)
            && current.Require(!rewrites || isComplete, CheckTable.MapCustomCallbacks, site, 0, 1)
            ? EbpfResult.Success
            : EbpfResult.InvalidArgument;
    }

    private static Guid NewModuleId(KeThread current)
    {
        KernelRandom random = current.Machine.Random;
        return new Guid(random.NextUInt32(), (ushort)random.NextUInt32(), (ushort)random.NextUInt32(), 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
