using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <content>The map helpers: each with pointers, as upstream has it, and with spans.</content>
public readonly unsafe ref partial struct EbpfProgramContext
{
    /// <summary>
    /// Finds a value: <c>bpf_map_lookup_elem</c>. The pointer goes straight into the map store, and its bytes stay until the program
    /// ends, whatever happens to the element meanwhile.
    /// </summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key, <c>key_size</c> bytes.</param>
    /// <returns>
    /// The value, <c>value_size</c> bytes of it: this processor's slot. Null when there is none, and for a map of maps, whose values are no
    /// bytes: see <see cref="MapLookupInnerMap"/>.
    /// </returns>
    [Helper(1)]
    public byte* MapLookupElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Lookup(map, _call, key, delete: false);
    }

    /// <inheritdoc cref="MapLookupElem(EbpfMap, byte*)"/>
    /// <returns>The value; empty when there is none.</returns>
    [Helper(1)]
    public Span<byte> MapLookupElem(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            byte* value = MapLookupElem(map, k);
            return value == null ? default : new Span<byte>(value, (int)map.Layout.ValueSize);
        }
    }

    /// <summary>
    /// Finds a map in a map of maps: <c>bpf_map_lookup_elem</c> too, whose result is a map's pointer then. The helpers take the map that
    /// comes back until the program ends, whatever happens to the slot, and to the map, meanwhile.
    /// </summary>
    /// <param name="map">The outer map. Other maps, program arrays among them, hold none.</param>
    /// <param name="key">The key, <c>key_size</c> bytes.</param>
    /// <returns>The map; null when there is none.</returns>
    [Helper(1)]
    public EbpfMap? MapLookupInnerMap(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            return MapHelpers.LookupMap(map, _call, k);
        }
    }

    /// <summary>Finds a value and deletes its element: <c>bpf_map_lookup_and_delete_elem</c>. Otherwise as a lookup.</summary>
    [Helper(4)]
    public byte* MapLookupAndDeleteElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Lookup(map, _call, key, delete: true);
    }

    /// <inheritdoc cref="MapLookupAndDeleteElem(EbpfMap, byte*)"/>
    /// <returns>The value; empty when there is none.</returns>
    [Helper(4)]
    public Span<byte> MapLookupAndDeleteElem(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            byte* value = MapLookupAndDeleteElem(map, k);
            return value == null ? default : new Span<byte>(value, (int)map.Layout.ValueSize);
        }
    }

    /// <summary>Writes a value: <c>bpf_map_update_elem</c>.</summary>
    /// <param name="map">The map.</param>
    /// <param name="key">The key, <c>key_size</c> bytes.</param>
    /// <param name="value">The value, <c>value_size</c> bytes: one CPU's.</param>
    /// <param name="flags">
    /// BPF_ANY, BPF_NOEXIST or BPF_EXIST. On a per-CPU map they only matter when the key is absent: this processor's slot of an element
    /// that is there is written in place.
    /// </param>
    /// <returns>0, or a negative <see cref="EbpfResult"/>.</returns>
    [Helper(2)]
    public int MapUpdateElem(EbpfMap map, byte* key, byte* value, ulong flags = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Update(map, _call, key, value, flags);
    }

    /// <inheritdoc cref="MapUpdateElem(EbpfMap, byte*, byte*, ulong)"/>
    [Helper(2)]
    public int MapUpdateElem(EbpfMap map, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags = 0)
    {
        fixed (byte* k = Checked(map, key, map.KeySize), v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapUpdateElem(map, k, v, flags);
        }
    }

    /// <summary>Deletes an element, all CPUs' slots: <c>bpf_map_delete_elem</c>. Arrays fill it with zeros.</summary>
    /// <returns>0, or a negative <see cref="EbpfResult"/>.</returns>
    [Helper(3)]
    public int MapDeleteElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Delete(map, _call, key);
    }

    /// <inheritdoc cref="MapDeleteElem(EbpfMap, byte*)"/>
    [Helper(3)]
    public int MapDeleteElem(EbpfMap map, ReadOnlySpan<byte> key)
    {
        fixed (byte* k = Checked(map, key, map.KeySize))
        {
            return MapDeleteElem(map, k);
        }
    }

    /// <summary>Pushes a value onto a queue or stack: <c>bpf_map_push_elem</c>.</summary>
    /// <param name="map">The map.</param>
    /// <param name="value">The value, <c>value_size</c> bytes.</param>
    /// <param name="flags">BPF_ANY, or BPF_EXIST to have a full map drop its oldest value; other bits do not count.</param>
    /// <returns>
    /// 0, or a negative <see cref="EbpfResult"/>: <see cref="EbpfResult.OutOfSpace"/> when the map is full,
    /// <see cref="EbpfResult.InvalidArgument"/> or <see cref="EbpfResult.OperationNotSupported"/> for a map that cannot be pushed onto.
    /// </returns>
    [Helper(16)]
    public int MapPushElem(EbpfMap map, byte* value, ulong flags = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Push(map, _call, value, flags);
    }

    /// <inheritdoc cref="MapPushElem(EbpfMap, byte*, ulong)"/>
    [Helper(16)]
    public int MapPushElem(EbpfMap map, ReadOnlySpan<byte> value, ulong flags = 0)
    {
        fixed (byte* v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapPushElem(map, v, flags);
        }
    }

    /// <summary>Pops a value off a queue (the oldest) or stack (the newest): <c>bpf_map_pop_elem</c>.</summary>
    /// <param name="map">The map.</param>
    /// <param name="value">Where it goes, <c>value_size</c> bytes; left alone on failure.</param>
    /// <returns>
    /// 0, or a negative <see cref="EbpfResult"/>: <see cref="EbpfResult.ObjectNotFound"/> when the map is empty,
    /// <see cref="EbpfResult.InvalidArgument"/> or <see cref="EbpfResult.OperationNotSupported"/> for a map that cannot be popped.
    /// </returns>
    [Helper(17)]
    public int MapPopElem(EbpfMap map, byte* value)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Pop(map, _call, value, delete: true);
    }

    /// <inheritdoc cref="MapPopElem(EbpfMap, byte*)"/>
    [Helper(17)]
    public int MapPopElem(EbpfMap map, Span<byte> value)
    {
        fixed (byte* v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapPopElem(map, v);
        }
    }

    /// <summary>Copies out the value that a pop would take: <c>bpf_map_peek_elem</c>. Otherwise as a pop.</summary>
    [Helper(18)]
    public int MapPeekElem(EbpfMap map, byte* value)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Pop(map, _call, value, delete: false);
    }

    /// <inheritdoc cref="MapPeekElem(EbpfMap, byte*)"/>
    [Helper(18)]
    public int MapPeekElem(EbpfMap map, Span<byte> value)
    {
        fixed (byte* v = Checked(map, value, map.Layout.ValueSize))
        {
            return MapPeekElem(map, v);
        }
    }

    /// <summary>
    /// A program's pointers are not checked (the verifier proved them); a span of the wrong length is a mistake of the C# around it.
    /// </summary>
    private static ReadOnlySpan<byte> Checked(EbpfMap map, ReadOnlySpan<byte> bytes, uint expected)
    {
        ArgumentNullException.ThrowIfNull(map);
        return bytes.Length == expected
            ? bytes
            : throw new ArgumentException($"Map '{map.Name}' wants {expected} bytes here; {bytes.Length} were given.", nameof(bytes));
    }
}
