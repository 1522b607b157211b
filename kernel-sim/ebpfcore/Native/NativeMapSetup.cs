using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Objects;
using KernelSim.EbpfCore.Programs;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Protocol.Modules;

namespace KernelSim.EbpfCore.Native;

/// <summary>
/// Creates a module's maps, and sets their initial values: <c>_ebpf_native_create_maps</c>, <c>_ebpf_native_set_initial_map_values</c>.
/// </summary>
internal static unsafe class NativeMapSetup
{
    /// <summary>Creates all of them, templates first. After a failure the caller undoes what was created.</summary>
    public static EbpfResult Make(in Caller caller, NativeMap[] maps)
    {
        foreach (NativeMap map in maps)
        {
            EbpfResult result = map.Prepare(caller);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        foreach (NativeMap map in maps)
        {
            map.Inner = map.HoldsMaps ? Find(maps, map.Entry.InnerMap) : null;
        }

        for (int made = 0; made < maps.Length; made++)
        {
            NativeMap? next = Array.Find(maps, m => m.CanBeMade);
            if (!caller.Require(next is not null, CheckTable.NativeMapTemplate, made, maps.Length))
            {
                return caller.Refused;
            }

            EbpfResult result = next!.Make(caller);
            if (result != EbpfResult.Success)
            {
                return result;
            }
        }

        return EbpfResult.Success;
    }

    /// <summary>Stores the module's initial values. A reused map keeps its contents.</summary>
    public static EbpfResult SetInitialValues(
        in Caller caller, NativeModuleFile file, NativeMap[] maps, NativeLoadedProgram[] programs)
    {
        foreach (NativeInitialValues values in file.InitialValues)
        {
            NativeMap? map = Find(maps, values.Map);
            if (!caller.Require(map is not null, CheckTable.NativeValuesMap, map is null ? 0 : 1, 1))
            {
                return caller.Refused;
            }

            for (int i = 0; i < values.Values.Count && !map!.IsReused; i++)
            {
                EbpfResult result = values.Values[i] is { } name ? Put(caller, map, i, name, maps, programs) : EbpfResult.Success;
                if (result != EbpfResult.Success)
                {
                    return result;
                }
            }
        }

        return EbpfResult.Success;
    }

    /// <summary>Copies the initial contents of the module's global variables: <c>_ebpf_native_initialize_global_variables</c>.</summary>
    public static EbpfResult SetGlobalVariables(in Caller caller, NativeModuleFile file, NativeMap[] maps)
    {
        foreach (NativeGlobalVariables variables in file.GlobalVariables)
        {
            NativeMap? map = Find(maps, variables.Map);
            if (!caller.Require(map is not null, CheckTable.NativeValuesMap, map is null ? 0 : 1, 1))
            {
                return caller.Refused;
            }

            bool hasPlace = MapValuePlace.TryFind(caller.Current, map!.Map!, 0, out byte* value);
            ReadOnlySpan<byte> contents = variables.Contents.Span;
            uint expected = hasPlace ? map.Entry.ValueSize : 0;
            if (!caller.Require(contents.Length == expected, CheckTable.NativeGlobalsSize, contents.Length, expected))
            {
                return caller.Refused;
            }

            if (hasPlace && !map.IsReused)
            {
                contents.CopyTo(new Span<byte>(value, contents.Length));
            }
        }

        return EbpfResult.Success;
    }

    private static EbpfResult Put(
        in Caller caller, NativeMap map, int index, string name, NativeMap[] maps, NativeLoadedProgram[] programs)
    {
        BpfMapType type = map.Entry.Type;
        if (!caller.Require(type.HoldsObjects(), CheckTable.NativeValuesType, (long)type, (long)BpfMapType.ProgArray))
        {
            return caller.Refused;
        }

        NtHandle handle = map.HoldsMaps
            ? Find(maps, name)?.Handle ?? NtHandle.Invalid
            : Array.Find(programs, p => p.Program?.Name == name)?.Handle ?? NtHandle.Invalid;
        if (!caller.Require(handle != NtHandle.Invalid, CheckTable.NativeValuesName, index, -1))
        {
            return caller.Refused;
        }

        // Upstream passes the address of a u32 whatever the key size: the bytes after it are zeros here.
        byte* key = stackalloc byte[Math.Max(sizeof(uint), (int)Math.Min(map.Entry.KeySize, EbpfLimits.MapNameLength))];
        Unsafe.WriteUnaligned(key, (uint)index);
        bool fits = map.Entry.KeySize <= EbpfLimits.MapNameLength;
        if (!caller.Require(fits, CheckTable.NativeValuesKeySize, map.Entry.KeySize, EbpfLimits.MapNameLength))
        {
            return caller.Refused;
        }

        return map.Map!.UpdateEntryWithHandle(caller, key, handle, EbpfMapOption.Any);
    }

    private static NativeMap? Find(NativeMap[] maps, string? name) => Array.Find(maps, m => m.Entry.Name == name);
}
