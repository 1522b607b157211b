using KernelSim.EbpfCore.Objects;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The required definition of the maps in a map of maps: <c>inner_template_map_definition</c>. The map that it was taken from is not kept alive; its id may
/// soon be invalid.
/// </summary>
/// <param name="Id">Id of the map that it was taken from.</param>
/// <param name="Definition">The definition of that map.</param>
/// <param name="ValueBytes">Size in bytes of that map's values, all slots.</param>
internal sealed record InnerMapTemplate(uint Id, EbpfMapDefinition Definition, uint ValueBytes)
{
    /// <summary>Takes a template from the map behind a handle of the calling process: <c>_associate_inner_map</c>.</summary>
    public static EbpfResult Take(KeThread current, CoreContext core, NtHandle handle, string site, out InnerMapTemplate? template)
    {
        template = null;
        if (!current.Require(handle != NtHandle.Invalid, CheckTable.MapCreateTemplate, site, handle.Value, 1))
        {
            return CheckTable.MapCreateTemplate.Result;
        }

        EbpfResult result = ObjectHandles.Reference(
            current, core.Device, current.Process, handle, EbpfObjectType.Map, site, out EbpfObject? @object);
        if (@object is EbpfMap map)
        {
            template = new InnerMapTemplate(map.Id, map.Definition, map.ValueBytes);
            map.Release(current);
        }

        return result;
    }

    /// <summary>Compares a map with the template: <c>_check_value_type</c>.</summary>
    /// <returns>Success or <see cref="EbpfResult.InvalidObject"/>.</returns>
    public EbpfResult Check(KeThread current, EbpfMap map, string site)
    {
        EbpfMapDefinition given = map.Definition;
        EbpfMapDefinition expected = Definition;
        return current.Require(given.Type == expected.Type, CheckTable.MapInnerType, site, (uint)given.Type, (uint)expected.Type)
            && current.Require(given.KeySize == expected.KeySize, CheckTable.MapInnerKeySize, site, given.KeySize, expected.KeySize)
            && current.Require(map.ValueBytes == ValueBytes, CheckTable.MapInnerValueSize, site, map.ValueBytes, ValueBytes)
            && current.Require(
                given.MaxEntries == expected.MaxEntries, CheckTable.MapInnerMaxEntries, site, given.MaxEntries, expected.MaxEntries)
            ? EbpfResult.Success
            : EbpfResult.InvalidObject;
    }
}
