using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The required definition of the maps in a map of maps: <c>inner_template_map_definition</c>. The map that it was taken from is not kept
/// alive; its id may soon be invalid.
/// </summary>
/// <param name="Id">Id of the map that it was taken from.</param>
/// <param name="Definition">The definition of that map.</param>
/// <param name="ValueBytes">Size in bytes of that map's values, all slots.</param>
internal sealed record InnerMapTemplate(uint Id, EbpfMapDefinition Definition, uint ValueBytes)
{
    /// <summary>Takes a template from the map behind a handle of the calling process: <c>_associate_inner_map</c>.</summary>
    public static EbpfResult Take(in Caller caller, NtHandle handle, out InnerMapTemplate? template)
    {
        template = null;
        if (!caller.Require(handle != NtHandle.Invalid, CheckTable.MapCreateTemplate, handle.Value, 1))
        {
            return caller.Refused;
        }

        EbpfResult result = caller.Reference(handle, EbpfObjectType.Map, out EbpfObject? @object);
        if (@object is EbpfMap map)
        {
            template = new InnerMapTemplate(map.Id, map.Definition, map.ValueBytes);
            map.Release(caller.Current);
        }

        return result;
    }

    /// <summary>Compares a map with the template: <c>_check_value_type</c>.</summary>
    /// <returns>Success or <see cref="EbpfResult.InvalidObject"/>.</returns>
    public EbpfResult Check(in Caller caller, EbpfMap map)
    {
        EbpfMapDefinition given = map.Definition;
        EbpfMapDefinition expected = Definition;
        if (!caller.Require(given.Type == expected.Type, CheckTable.MapInnerType, (uint)given.Type, (uint)expected.Type)
            || !caller.Require(given.KeySize == expected.KeySize, CheckTable.MapInnerKeySize, given.KeySize, expected.KeySize)
            || !caller.Require(map.ValueBytes == ValueBytes, CheckTable.MapInnerValueSize, map.ValueBytes, ValueBytes)
            || !caller.Require(
                given.MaxEntries == expected.MaxEntries || caller.Core.Options.LinuxMapRules,
                CheckTable.MapInnerMaxEntries,
                given.MaxEntries,
                expected.MaxEntries))
        {
            return caller.Refused;
        }

        return EbpfResult.Success;
    }
}
