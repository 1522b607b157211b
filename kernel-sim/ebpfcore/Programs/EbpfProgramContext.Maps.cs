using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <content>The map helpers: each with pointers, as in upstream, and with spans.</content>
public readonly unsafe ref partial struct EbpfProgramContext
{
    /// <summary>
    /// Finds a value: <c>bpf_map_lookup_elem</c>. The pointer points into the map store, and its bytes stay valid until the program
    /// ends, whatever happens to the element meanwhile.
    /// </summary>
    /// <param name="map">The map to search.</param>
    /// <param name="key">The key, <c>key_size</c> bytes.</param>
    /// <returns>
    /// The value, <c>value_size</c> bytes: this processor's slot. Null if there is none, and for a map of maps, whose values are not
    /// bytes: see <see cref="MapLookupInnerMap"/>.
    /// </returns>
    [Helper(BpfFuncId.MapLookupElem)]
    public byte* MapLookupElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Lookup(map, _call, key, delete: false);
    }

    /// <inheritdoc cref="MapLookupElem(EbpfMap, byte*)"/>
    /// <returns>The value; empty if there is none.</returns>
    [Helper(BpfFuncId.MapLookupElem)]
    public Span<byte> MapLookupElem(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            byte* value = MapLookupElem(map, k);
            return value == null ? default : new Span<byte>(value, (int)map.Layout.ValueSize);
        }
    }

    /// <summary>
    /// Finds a map in a map of maps: <c>bpf_map_lookup_elem</c> too, whose result is then a map pointer. Helpers accept the returned map
    /// until the program ends, whatever happens to the slot, and to the map, meanwhile.
    /// </summary>
    /// <param name="map">The map of maps. Other maps, including program arrays, contain none.</param>
    /// <param name="key">The key, <c>key_size</c> bytes.</param>
    /// <returns>The map; null if there is none.</returns>
    [Helper(BpfFuncId.MapLookupElem)]
    public EbpfMap? MapLookupInnerMap(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            return MapHelpers.LookupMap(map, _call, k);
        }
    }

    /// <summary>Finds a value and deletes its element: <c>bpf_map_lookup_and_delete_elem</c>. Otherwise like a lookup.</summary>
    [Helper(BpfFuncId.MapLookupAndDeleteElem)]
    public byte* MapLookupAndDeleteElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Lookup(map, _call, key, delete: true);
    }

    /// <inheritdoc cref="MapLookupAndDeleteElem(EbpfMap, byte*)"/>
    /// <returns>The value; empty when there is none.</returns>
    [Helper(BpfFuncId.MapLookupAndDeleteElem)]
    public Span<byte> MapLookupAndDeleteElem(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            byte* value = MapLookupAndDeleteElem(map, k);
            return value == null ? default : new Span<byte>(value, (int)map.Layout.ValueSize);
        }
    }

    /// <summary>Writes a value: <c>bpf_map_update_elem</c>.</summary>
    /// <param name="map">The map to use.</param>
    /// <param name="key">The key, <c>key_size</c> bytes.</param>
    /// <param name="value">The value, <c>value_size</c> bytes: one CPU's.</param>
    /// <param name="flags">
    /// BPF_ANY, BPF_NOEXIST or BPF_EXIST. On a per-CPU map they matter only if the key is absent: in an existing element, this processor's
    /// slot is written in place.
    /// </param>
    /// <returns>0, or a negative <see cref="EbpfResult"/>.</returns>
    [Helper(BpfFuncId.MapUpdateElem)]
    public int MapUpdateElem(EbpfMap map, byte* key, byte* value, ulong flags = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Update(map, _call, key, value, flags);
    }

    /// <inheritdoc cref="MapUpdateElem(EbpfMap, byte*, byte*, ulong)"/>
    [Helper(BpfFuncId.MapUpdateElem)]
    public int MapUpdateElem(EbpfMap map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags = 0)
    {
        fixed (byte* k = Checked(map, key, map.KeySize), v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapUpdateElem(map, k, v, flags);
        }
    }

    /// <summary>Deletes an element with all its slots: <c>bpf_map_delete_elem</c>. Arrays fill it with zeros.</summary>
    /// <returns>0, or a negative <see cref="EbpfResult"/>.</returns>
    [Helper(BpfFuncId.MapDeleteElem)]
    public int MapDeleteElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Delete(map, _call, key);
    }

    /// <inheritdoc cref="MapDeleteElem(EbpfMap, byte*)"/>
    [Helper(BpfFuncId.MapDeleteElem)]
    public int MapDeleteElem(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            return MapDeleteElem(map, k);
        }
    }

    /// <summary>Pushes a value onto a queue or stack: <c>bpf_map_push_elem</c>.</summary>
    /// <param name="map">The map to use.</param>
    /// <param name="value">The value, <c>value_size</c> bytes.</param>
    /// <param name="flags">BPF_ANY, or BPF_EXIST to let a full map drop its oldest value; other bits are ignored.</param>
    /// <returns>
    /// 0, or a negative <see cref="EbpfResult"/>: <see cref="EbpfResult.OutOfSpace"/> if the map is full,
    /// <see cref="EbpfResult.InvalidArgument"/> or <see cref="EbpfResult.OperationNotSupported"/> for a map that does not support push.
    /// </returns>
    [Helper(BpfFuncId.MapPushElem)]
    public int MapPushElem(EbpfMap map, byte* value, ulong flags = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Push(map, _call, value, flags);
    }

    /// <inheritdoc cref="MapPushElem(EbpfMap, byte*, ulong)"/>
    [Helper(BpfFuncId.MapPushElem)]
    public int MapPushElem(EbpfMap map, ReadOnlySpan<byte> value, ulong flags = 0)
    {
        fixed (byte* v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapPushElem(map, v, flags);
        }
    }

    /// <summary>Pops a value off a queue (the oldest) or stack (the newest): <c>bpf_map_pop_elem</c>.</summary>
    /// <param name="map">The map to use.</param>
    /// <param name="value">Receives the value, <c>value_size</c> bytes; unchanged on failure.</param>
    /// <returns>
    /// 0, or a negative <see cref="EbpfResult"/>: <see cref="EbpfResult.ObjectNotFound"/> if the map is empty,
    /// <see cref="EbpfResult.InvalidArgument"/> or <see cref="EbpfResult.OperationNotSupported"/> for a map that does not support pop.
    /// </returns>
    [Helper(BpfFuncId.MapPopElem)]
    public int MapPopElem(EbpfMap map, byte* value)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Pop(map, _call, value, delete: true);
    }

    /// <inheritdoc cref="MapPopElem(EbpfMap, byte*)"/>
    [Helper(BpfFuncId.MapPopElem)]
    public int MapPopElem(EbpfMap map, Span<byte> value)
    {
        fixed (byte* v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapPopElem(map, v);
        }
    }

    /// <summary>Copies out the value that a pop would take: <c>bpf_map_peek_elem</c>. Otherwise like a pop.</summary>
    [Helper(BpfFuncId.MapPeekElem)]
    public int MapPeekElem(EbpfMap map, byte* value)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Pop(map, _call, value, delete: false);
    }

    /// <inheritdoc cref="MapPeekElem(EbpfMap, byte*)"/>
    [Helper(BpfFuncId.MapPeekElem)]
    public int MapPeekElem(EbpfMap map, Span<byte> value)
    {
        fixed (byte* v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapPeekElem(map, v);
        }
    }

    /// <summary>
    /// A program's pointers are not checked (the verifier proved them); a span of the wrong length is a bug in the calling C#.
    /// </summary>
    private static ReadOnlySpan<byte> Checked(EbpfMap map, ReadOnlySpan<byte> bytes, uint expected)
    {
        ArgumentNullException.ThrowIfNull(map);
        return bytes.Length == expected
            ? bytes
            : throw new ArgumentException($"Map '{map.Name}' expects {expected} bytes here; {bytes.Length} were given.", nameof(bytes));
    }
}
