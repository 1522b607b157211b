using KernelSim.EbpfCore.Maps;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>The map helpers as running code calls them: at DISPATCH_LEVEL, in an epoch, with sizes that nobody checks.</summary>
internal static unsafe class MapHelpers
{
    /// <summary><c>_ebpf_core_map_find_element</c>: this processor's slot, or null.</summary>
    public static byte* Lookup(EbpfMap map, KeThread current, byte* key, bool delete)
    {
        MapOperation operation = delete ? MapOperation.FindAndDelete : MapOperation.Find;
        if (!map.Traits.Supports(operation)
            || map.FindEntry(current, key, delete, site: null, out byte* value) != EbpfResult.Success)
        {
            return null;
        }

        return map.Layout.IsPerCpu ? value + map.Layout.SlotOffset(current.ProcessorNumber) : value;
    }

    /// <summary>
    /// <c>_ebpf_core_map_find_element</c> of a map of maps: the map that a key has, or null. It is good until the epoch ends.
    /// </summary>
    public static EbpfMap? LookupMap(EbpfMap map, byte* key) =>
        map is ObjectMap objects && map.Traits.InnerMap == InnerMapRule.Required ? (EbpfMap?)objects.FindObject(key) : null;

    /// <summary><c>_ebpf_core_map_update_element</c>: 0 or a negative result.</summary>
    public static int Update(EbpfMap map, KeThread current, byte* key, byte* value, ulong flags)
    {
        EbpfResult result = map.Traits.AnswerTo(MapOperation.Update);
        if (result == EbpfResult.Success)
        {
            result = map.HelperUpdate(current, key, value, (EbpfMapOption)(uint)flags, out byte* stored);
            if (result == EbpfResult.Success)
            {
                new CopyTrace(current).HelperStore(map.Layout.IsPerCpu, stored, map.Layout.ValueSize);
            }
        }

        return -(int)result;
    }

    /// <summary><c>_ebpf_core_map_delete_element</c>: 0 or a negative result.</summary>
    public static int Delete(EbpfMap map, KeThread current, byte* key)
    {
        EbpfResult result = map.Traits.AnswerTo(MapOperation.Delete);
        return -(int)(result == EbpfResult.Success ? map.DeleteEntry(current, key, site: null) : result);
    }

    /// <summary>
    /// <c>_ebpf_core_map_push_elem</c>: 0 or a negative result. Of the flags only BPF_EXIST counts: a full map then loses its oldest value.
    /// </summary>
    public static int Push(EbpfMap map, KeThread current, byte* value, ulong flags)
    {
        EbpfResult result = map is CustomMap { IsHidden: true }
            ? EbpfResult.OperationNotSupported
            : map.Traits.AnswerTo(MapOperation.HelperPush);
        if (result == EbpfResult.Success)
        {
            result = map.UpdateEntry(current, key: null, value, (EbpfMapOption)(uint)flags, site: null, out byte* stored);
            if (result == EbpfResult.Success)
            {
                new CopyTrace(current).HelperStore(perCpu: false, stored, map.ValueBytes);
            }
        }

        return -(int)result;
    }

    /// <summary><c>_ebpf_core_map_pop_elem</c>, <c>_ebpf_core_map_peek_elem</c>: copies the next value out; 0 or a negative result.</summary>
    public static int Pop(EbpfMap map, KeThread current, byte* value, bool delete)
    {
        // Upstream forgets to say that it is a program that pops: it is refused for its missing key then.
        EbpfResult result = map is CustomMap { IsHidden: true } && !delete
            ? EbpfResult.OperationNotSupported
            : map.Traits.AnswerTo(MapOperation.HelperPop);
        if (result == EbpfResult.Success)
        {
            result = map.FindEntry(current, key: null, delete, site: null, out byte* found);
            if (result == EbpfResult.Success)
            {
                Hash.BlockCopy.Copy(value, found, map.ValueBytes);
            }
        }

        return -(int)result;
    }
}
