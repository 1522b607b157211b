using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Memory;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Programs.Helpers;

/// <summary>The map helpers as running code calls them: at DISPATCH_LEVEL, in an epoch, with unchecked sizes.</summary>
internal static unsafe class MapHelpers
{
    // For a register that is not a map, which the verifier lets no program pass.
    private const ulong NoMap = unchecked((ulong)-(long)EbpfResult.InvalidArgument);

    /// <summary><c>bpf_map_lookup_elem</c>: the address of a value, or the pointer that stands for an inner map.</summary>
    public static ulong MapLookupElem(in HelperCall call, ulong map, ulong key, ulong r3, ulong r4, ulong r5) => call.Map(map) switch
    {
        null => 0,
        ObjectMap objects => LookupMap(objects, call, (byte*)key)?.Pointer.Value ?? 0,
        EbpfMap found => (ulong)Lookup(found, call, (byte*)key, delete: false),
    };

    /// <summary><c>bpf_map_update_elem</c>.</summary>
    public static ulong MapUpdateElem(in HelperCall call, ulong map, ulong key, ulong value, ulong flags, ulong r5) =>
        call.Map(map) is { } found ? (ulong)(long)Update(found, call, (byte*)key, (byte*)value, flags) : NoMap;

    /// <summary><c>bpf_map_delete_elem</c>.</summary>
    public static ulong MapDeleteElem(in HelperCall call, ulong map, ulong key, ulong r3, ulong r4, ulong r5) =>
        call.Map(map) is { } found ? (ulong)(long)Delete(found, call, (byte*)key) : NoMap;

    /// <summary><c>bpf_map_lookup_and_delete_elem</c>.</summary>
    public static ulong MapLookupAndDeleteElem(in HelperCall call, ulong map, ulong key, ulong r3, ulong r4, ulong r5) =>
        call.Map(map) is { } found ? (ulong)Lookup(found, call, (byte*)key, delete: true) : 0;

    /// <summary><c>bpf_map_push_elem</c>.</summary>
    public static ulong MapPushElem(in HelperCall call, ulong map, ulong value, ulong flags, ulong r4, ulong r5) =>
        call.Map(map) is { } found ? (ulong)(long)Push(found, call, (byte*)value, flags) : NoMap;

    /// <summary><c>bpf_map_pop_elem</c>.</summary>
    public static ulong MapPopElem(in HelperCall call, ulong map, ulong value, ulong r3, ulong r4, ulong r5) =>
        call.Map(map) is { } found ? (ulong)(long)Pop(found, call, (byte*)value, delete: true) : NoMap;

    /// <summary><c>bpf_map_peek_elem</c>.</summary>
    public static ulong MapPeekElem(in HelperCall call, ulong map, ulong value, ulong r3, ulong r4, ulong r5) =>
        call.Map(map) is { } found ? (ulong)(long)Pop(found, call, (byte*)value, delete: false) : NoMap;

    /// <summary><c>bpf_map_lookup_elem</c> in a map that is found, and whose values are bytes.</summary>
    public static byte* LookUpValue(in HelperCall call, EbpfMap map, byte* key) => Lookup(map, call, key, delete: false);

    /// <summary><c>_ebpf_core_map_find_element</c>: this processor's slot, or null.</summary>
    public static byte* Lookup(EbpfMap map, in HelperCall call, byte* key, bool delete)
    {
        byte* value = null;
        EbpfResult result = map.Traits.AnswerTo(delete ? MapOperation.FindAndDelete : MapOperation.Find);
        if (result == EbpfResult.Success)
        {
            result = map.FindEntry(call.Thread, key, delete, site: null, out value);
        }

        if (KernelEventSource.Log.IsEnabled())
        {
            Trace(map, call, delete ? BpfFuncId.MapLookupAndDeleteElem : BpfFuncId.MapLookupElem, result);
        }

        if (result != EbpfResult.Success)
        {
            return null;
        }

        // A per-CPU value has a slot for each of the machine's processors.
        return map.Layout.IsPerCpu ? value + (map.Layout.Stride * (uint)call.Thread.ProcessorNumber) : value;
    }

    /// <summary>
    /// <c>_ebpf_core_map_find_element</c> for a map of maps: the map under a key, or null. It is valid until the epoch ends.
    /// </summary>
    public static EbpfMap? LookupMap(EbpfMap map, in HelperCall call, byte* key)
    {
        EbpfMap? found = map is ObjectMap objects && map.Traits.HoldsMaps ? (EbpfMap?)objects.FindObject(key) : null;
        if (KernelEventSource.Log.IsEnabled())
        {
            Trace(map, call, BpfFuncId.MapLookupElem, found is null ? EbpfResult.ObjectNotFound : EbpfResult.Success);
        }

        return found;
    }

    /// <summary><c>_ebpf_core_map_update_element</c>: 0 or a negative result.</summary>
    public static int Update(EbpfMap map, in HelperCall call, byte* key, byte* value, ulong flags)
    {
        byte* stored = null;
        EbpfResult result = map.Traits.AnswerTo(MapOperation.Update);
        if (result == EbpfResult.Success)
        {
            result = map.HelperUpdate(call.Thread, key, value, (EbpfMapOption)(uint)flags, out stored);
        }

        if (KernelEventSource.Log.IsEnabled())
        {
            Trace(map, call, BpfFuncId.MapUpdateElem, result);
            TraceStore(call, result, map.Layout.IsPerCpu, stored, map.Layout.ValueSize);
        }

        CountStore(call, result, map.Layout.ValueSize);

        return -(int)result;
    }

    /// <summary><c>_ebpf_core_map_delete_element</c>: 0 or a negative result.</summary>
    public static int Delete(EbpfMap map, in HelperCall call, byte* key)
    {
        EbpfResult result = map.Traits.AnswerTo(MapOperation.Delete);
        if (result == EbpfResult.Success)
        {
            result = map.DeleteEntry(call.Thread, key, site: null);
        }

        if (KernelEventSource.Log.IsEnabled())
        {
            Trace(map, call, BpfFuncId.MapDeleteElem, result);
        }

        return -(int)result;
    }

    /// <summary>
    /// <c>_ebpf_core_map_push_elem</c>: 0 or a negative result. Of the flags only BPF_EXIST matters: a full map then drops its oldest value.
    /// </summary>
    public static int Push(EbpfMap map, in HelperCall call, byte* value, ulong flags)
    {
        byte* stored = null;
        EbpfResult result = map is CustomMap { IsHidden: true }
            ? EbpfResult.OperationNotSupported
            : map.Traits.AnswerTo(MapOperation.HelperPush);
        if (result == EbpfResult.Success)
        {
            result = map.UpdateEntry(call.Thread, key: null, value, (EbpfMapOption)(uint)flags, site: null, out stored);
        }

        if (KernelEventSource.Log.IsEnabled())
        {
            Trace(map, call, BpfFuncId.MapPushElem, result);
            TraceStore(call, result, perCpu: false, stored, map.ValueBytes);
        }

        CountStore(call, result, map.ValueBytes);

        return -(int)result;
    }

    /// <summary><c>_ebpf_core_map_pop_elem</c>, <c>_ebpf_core_map_peek_elem</c>: copies the next value out; 0 or a negative result.</summary>
    public static int Pop(EbpfMap map, in HelperCall call, byte* value, bool delete)
    {
        byte* found = null;

        // Upstream forgets to mark the pop as a program's: it is then refused for its missing key.
        EbpfResult result = map is CustomMap { IsHidden: true } && !delete
            ? EbpfResult.OperationNotSupported
            : map.Traits.AnswerTo(MapOperation.HelperPop);
        if (result == EbpfResult.Success)
        {
            result = map.FindEntry(call.Thread, key: null, delete, site: null, out found);
            if (result == EbpfResult.Success)
            {
                BlockCopy.Copy(value, found, map.ValueBytes);
                call.Thread.CountFetched(map.ValueBytes);
            }
        }

        if (KernelEventSource.Log.IsEnabled())
        {
            Trace(map, call, delete ? BpfFuncId.MapPopElem : BpfFuncId.MapPeekElem, result);
            if (result == EbpfResult.Success)
            {
                new CopyTrace(call.Thread).HelperFetch(found, map.ValueBytes);
            }
        }

        return -(int)result;
    }

    private static void CountStore(in HelperCall call, EbpfResult result, long bytes)
    {
        if (result == EbpfResult.Success)
        {
            call.Thread.CountStored(bytes);
        }
    }

    private static void TraceStore(in HelperCall call, EbpfResult result, bool perCpu, byte* stored, long bytes)
    {
        if (result == EbpfResult.Success)
        {
            new CopyTrace(call.Thread).HelperStore(perCpu, stored, bytes);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Trace(EbpfMap map, in HelperCall call, BpfFuncId helper, EbpfResult result)
    {
        InstructionPlace place = call.Place;
        KernelEventSource.Log.MapHelper(
            call.Thread.RequestId, call.Thread.ProcessorNumber, call.Program?.Id ?? 0, map.Id, HelperTable.NameOf(helper),
            ResultConversions.NameOf(result), place.Instruction, place.Line);
    }
}
