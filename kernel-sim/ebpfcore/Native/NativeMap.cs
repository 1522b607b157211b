using System.Text;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Objects;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>One of a module's maps while operation 32 creates them: <c>ebpf_native_map_t</c>.</summary>
internal sealed class NativeMap(NativeMapEntry entry)
{
    private const int MaxPinPath = 256;

    private byte[]? _pinPath;

    /// <summary>The module's declaration of the map.</summary>
    public NativeMapEntry Entry { get; } = entry;

    /// <summary>The template of its inner maps; null for none, and while it is not known.</summary>
    public NativeMap? Inner { get; set; }

    /// <summary>The map, referenced; null until it has been created.</summary>
    public EbpfMap? Map { get; private set; }

    /// <summary>The caller's handle of it.</summary>
    public NtHandle Handle { get; private set; } = NtHandle.Invalid;

    /// <summary>True if it was already pinned; it keeps its contents.</summary>
    public bool IsReused { get; private set; }

    /// <summary>Whether it is a map of maps: <c>_ebpf_native_is_map_in_map</c>.</summary>
    public bool HoldsMaps => MapTypeTable.Find(Entry.Type)?.HoldsMaps == true;

    /// <summary>Whether its template, if it needs one, has been created.</summary>
    public bool CanBeMade => Map is null && (!HoldsMaps || Inner?.Map is not null);

    private bool IsPinned { get; set; }

    /// <summary>Checks its pinning.</summary>
    public EbpfResult Prepare(in Caller caller)
    {
        EbpfPinType pinning = Entry.Pinning;
        if (!caller.Require(pinning is EbpfPinType.None or EbpfPinType.ByName, CheckTable.NativeMapPinning, (long)pinning, (long)EbpfPinType.ByName))
        {
            return caller.Refused;
        }

        if (pinning == EbpfPinType.None)
        {
            return EbpfResult.Success;
        }

        bool isPath = CanonicalPinPath.TryCreate(Entry.Name!, MaxPinPath, out string path);
        if (!caller.Require(isPath, CheckTable.NativeMapPinPath, isPath ? 1 : 0, 1))
        {
            return caller.Refused;
        }

        _pinPath = Encoding.UTF8.GetBytes(path);
        return EbpfResult.Success;
    }

    /// <summary>Creates it, or takes the map that is pinned under its name.</summary>
    public EbpfResult Make(in Caller caller)
    {
        EbpfResult result = _pinPath is null ? EbpfResult.Success : Reuse(caller);
        if (result != EbpfResult.Success || IsReused)
        {
            return result;
        }

        EbpfMapDefinition definition = new()
        {
            Type = Entry.Type,
            KeySize = Entry.KeySize,
            ValueSize = Entry.ValueSize,
            MaxEntries = Entry.MaxEntries,
        };
        result = MapCreation.Run(caller, definition, Encoding.UTF8.GetBytes(Entry.Name!), Inner?.Handle ?? NtHandle.Invalid, out EbpfMap? map);
        if (map is null)
        {
            return result;
        }

        Map = map;
        result = Open(caller);
        if (result == EbpfResult.Success && _pinPath is not null)
        {
            result = caller.Core.Pins.Insert(caller.Current, _pinPath, map);
            IsPinned = result == EbpfResult.Success;
        }

        return result;
    }

    /// <summary>Reverts <see cref="Make"/>: unpins what it pinned, closes the handle. The reference stays until <see cref="Release"/>.</summary>
    public void Undo(in Caller caller)
    {
        if (IsPinned && !IsReused)
        {
            caller.Core.Pins.Remove(caller.Current, _pinPath);
        }

        if (Handle != NtHandle.Invalid)
        {
            caller.Process!.Handles.Close(Handle);
            Handle = NtHandle.Invalid;
        }
    }

    /// <summary>Drops the reference.</summary>
    public void Release(in Caller caller)
    {
        Map?.Release(caller.Current);
        Map = null;
    }

    /// <summary>Reuses a map that is pinned under the name if it matches the declaration: <c>_ebpf_native_reuse_map</c>.</summary>
    private EbpfResult Reuse(in Caller caller)
    {
        if (caller.Core.Pins.Reference(caller.Current, _pinPath, out EbpfObject? found) != EbpfResult.Success)
        {
            return EbpfResult.Success;
        }

        if (found is not EbpfMap map)
        {
            caller.Require(false, CheckTable.HandleType, (long)found!.ObjectType, (long)EbpfObjectType.Map);
            EbpfResult refused = caller.Refused;
            found.Release(caller.Current);
            return refused;
        }

        Map = map;
        EbpfResult result = Compare(caller, map);
        if (result == EbpfResult.Success)
        {
            result = Open(caller);
            IsReused = result == EbpfResult.Success;
            IsPinned = IsReused;
        }

        return result;
    }

    /// <summary>Compares another map with the declaration: <c>_ebpf_native_validate_map</c>.</summary>
    private EbpfResult Compare(in Caller caller, EbpfMap map)
    {
        EbpfMapDefinition given = map.Definition;
        if (!caller.Require(given.Type == Entry.Type, CheckTable.NativeReuseType, (long)given.Type, (long)Entry.Type)
            || !caller.Require(given.KeySize == Entry.KeySize, CheckTable.NativeReuseKeySize, given.KeySize, Entry.KeySize)
            || !caller.Require(given.ValueSize == Entry.ValueSize, CheckTable.NativeReuseValueSize, given.ValueSize, Entry.ValueSize)
            || !caller.Require(given.MaxEntries == Entry.MaxEntries, CheckTable.NativeReuseMaxEntries, given.MaxEntries, Entry.MaxEntries))
        {
            return caller.Refused;
        }

        if (!HoldsMaps)
        {
            return EbpfResult.Success;
        }

        // Its template is known only by id, and the map with that id may be gone; its definition is then unknown.
        bool isThere = caller.Core.Objects.Reference(caller.Current, given.InnerMapId, EbpfObjectType.Map, out EbpfObject? template)
            == EbpfResult.Success;
        if (!caller.Require(isThere, CheckTable.NativeReuseTemplate, isThere ? 1 : 0, 1))
        {
            return caller.Refused;
        }

        EbpfResult result = Inner!.Compare(caller, (EbpfMap)template!);
        template!.Release(caller.Current);
        return result;
    }

    private EbpfResult Open(in Caller caller)
    {
        EbpfResult result = caller.CreateHandle(Map!, out NtHandle handle);
        Handle = handle;
        return result;
    }
}
