using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs.Helpers;
using KernelSim.EbpfCore.Rings;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// What a running program has: its processor and the map helpers, by their upstream names. It lives as long as the program's epoch; so
/// does everything that it hands out.
/// </summary>
/// <remarks>
/// An extension may implement some general helpers in the driver's place, such as those about the current process: programs of its type
/// then get those. Maps and memory are the driver's.
/// Helpers answer 0 or a negative <see cref="EbpfResult"/>, as upstream's do; neither makes garbage. A per-CPU map shows a program its
/// own processor's slot only.
/// </remarks>
public readonly unsafe ref struct EbpfProgramContext
{
    private readonly HelperCall _call;
    private readonly EbpfMap[] _maps;

    internal EbpfProgramContext(in HelperCall call, EbpfMap[] maps)
    {
        _call = call;
        _maps = maps;
    }

    /// <summary>The program's context, as its hook's extension lays it out; null for code that a tool runs without one.</summary>
    public byte* Context => _call.Context;

    /// <summary>The processor that the program runs on: <c>bpf_get_smp_processor_id</c>.</summary>
    [Helper(8)]
    public int Processor => _call.Thread.ProcessorNumber;

    /// <summary>The kernel's view of the thread that runs the program.</summary>
    public KeThread Thread => _call.Thread;

    /// <summary>The call as helpers see it: for those that have no method here, such as a program type's own.</summary>
    public HelperCall Call => _call;

    /// <summary>The next 32 random bits: <c>bpf_get_prandom_u32</c>.</summary>
    [Helper(6)]
    public uint Random => _call.Core.Machine.Random.NextUInt32();

    /// <summary>Nanoseconds since the machine booted, in steps of 100: <c>bpf_ktime_get_boot_ns</c>.</summary>
    [Helper(7)]
    public ulong KtimeGetBootNs => ClockHelpers.Nanoseconds(_call.Thread);

    /// <summary>As <see cref="KtimeGetBootNs"/>, since machines are never suspended: <c>bpf_ktime_get_ns</c>.</summary>
    [Helper(9)]
    public ulong KtimeGetNs => ClockHelpers.Nanoseconds(_call.Thread);

    /// <summary>Milliseconds since the machine booted: <c>bpf_ktime_get_boot_ms</c>.</summary>
    [Helper(30)]
    public ulong KtimeGetBootMs => ClockHelpers.Milliseconds(_call.Thread);

    /// <summary>As <see cref="KtimeGetBootMs"/>: <c>bpf_ktime_get_ms</c>.</summary>
    [Helper(31)]
    public ulong KtimeGetMs => ClockHelpers.Milliseconds(_call.Thread);

    /// <summary>The process's id in the upper 32 bits, the thread's in the lower: <c>bpf_get_current_pid_tgid</c>.</summary>
    [Helper(19)]
    public ulong CurrentPidTgid => _call.Invoke(19);

    /// <summary>The logon session's LUID; 0 at DISPATCH_LEVEL: <c>bpf_get_current_logon_id</c>.</summary>
    [Helper(20)]
    public ulong CurrentLogonId => _call.Invoke(20, (ulong)_call.Context);

    /// <summary>-1: <c>bpf_is_current_admin</c>, which eBPF for Windows has not implemented.</summary>
    [Helper(21)]
    public int IsCurrentAdmin => (int)_call.Invoke(21, (ulong)_call.Context);

    /// <summary>A number for the socket that the context is about: <c>bpf_get_socket_cookie</c>. Only where an extension implements it.</summary>
    [Helper(26)]
    public ulong SocketCookie => _call.Invoke(26, (ulong)_call.Context);

    /// <summary>A number that no other process of this boot has: <c>bpf_get_current_process_start_key</c>.</summary>
    [Helper(33)]
    public ulong CurrentProcessStartKey => _call.Invoke(33);

    /// <summary>When the thread came to be, in 100 ns since 1601: <c>bpf_get_current_thread_create_time</c>.</summary>
    [Helper(34)]
    public long CurrentThreadCreateTime => (long)_call.Invoke(34);

    /// <summary>
    /// What the context's data pointers enclose, such as a packet; empty where the program's type has none. A helper that moves them makes
    /// it stale.
    /// </summary>
    public Span<byte> Data
    {
        get
        {
            if (_call.Context == null
                || _call.Program?.TypeData?.Info.Descriptor.ContextDescriptor is not { Data: >= 0, End: >= 0, Size: > 0 } descriptor)
            {
                return default;
            }

            byte* data = *(byte**)(_call.Context + descriptor.Data);
            return new Span<byte>(data, (int)(*(byte**)(_call.Context + descriptor.End) - data));
        }
    }

    /// <summary>The program's context as the structure that its type's extension lays it out as.</summary>
    public ref T ContextAs<T>()
        where T : unmanaged => ref *(T*)_call.Context;

    /// <summary>One of the maps that the program's module declares, by its number there.</summary>
    public EbpfMap Map(int index) => _maps[index];

    /// <summary>One of the maps that the program's module declares, by its member of the enumeration that declares them.</summary>
    /// <remarks>Name the member right in the call: the module's compiler reads from the code which maps a program uses.</remarks>
    public EbpfMap Map<TMaps>(TMaps map)
        where TMaps : struct, Enum => _maps[Unsafe.As<TMaps, int>(ref map)];

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
        return MapHelpers.Lookup(map, _call.Thread, key, delete: false);
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
            return MapHelpers.LookupMap(map, k);
        }
    }

    /// <summary>Finds a value and deletes its element: <c>bpf_map_lookup_and_delete_elem</c>. Otherwise as a lookup.</summary>
    [Helper(4)]
    public byte* MapLookupAndDeleteElem(EbpfMap map, byte* key)
    {
        ArgumentNullException.ThrowIfNull(map);
        return MapHelpers.Lookup(map, _call.Thread, key, delete: true);
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
        return MapHelpers.Update(map, _call.Thread, key, value, flags);
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
        return MapHelpers.Delete(map, _call.Thread, key);
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
        return MapHelpers.Push(map, _call.Thread, value, flags);
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
        return MapHelpers.Pop(map, _call.Thread, value, delete: true);
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
        return MapHelpers.Pop(map, _call.Thread, value, delete: false);
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

    /// <summary>Writes a record into a ring buffer: <c>bpf_ringbuf_output</c>.</summary>
    /// <param name="map">The ring buffer.</param>
    /// <param name="data">The payload.</param>
    /// <param name="size">Bytes of it.</param>
    /// <param name="flags">Ignored, as upstream: the reader is woken if anything is unread.</param>
    /// <returns>0, or a negative <see cref="EbpfResult"/>: no memory when the ring is full.</returns>
    [Helper(11)]
    public int RingbufOutput(EbpfMap map, byte* data, ulong size, ulong flags = 0)
    {
        ArgumentNullException.ThrowIfNull(map);
        return RingHelpers.RingbufOutput(_call.Thread, map, data, size, flags);
    }

    /// <inheritdoc cref="RingbufOutput(EbpfMap, byte*, ulong, ulong)"/>
    [Helper(11)]
    public int RingbufOutput(EbpfMap map, ReadOnlySpan<byte> data, ulong flags = 0)
    {
        fixed (byte* d = data)
        {
            return RingbufOutput(map, d, (ulong)data.Length, flags);
        }
    }

    /// <summary>Writes a record into a processor's ring of a perf event array: <c>bpf_perf_event_output</c>.</summary>
    /// <param name="map">The perf event array.</param>
    /// <param name="flags">
    /// Bits 0 to 31: the processor, which has to be this one, or all ones for this one. Bits 32 to 51: how many bytes of the context's
    /// data to append.
    /// </param>
    /// <param name="data">The payload.</param>
    /// <param name="contextData">The data that the program's context points to; empty when it points to none.</param>
    /// <returns>0, or a negative <see cref="EbpfResult"/>: no memory when the ring is full, which counts the record as lost.</returns>
    [Helper(32)]
    public int PerfEventOutput(EbpfMap map, ulong flags, ReadOnlySpan<byte> data, ReadOnlySpan<byte> contextData = default)
    {
        ArgumentNullException.ThrowIfNull(map);
        fixed (byte* d = data, c = contextData)
        {
            return RingHelpers.PerfEventOutput(_call.Thread, c, c + contextData.Length, map, flags, d, (ulong)data.Length);
        }
    }

    /// <summary>
    /// Runs another program in this one's place, once this one has returned: <c>bpf_tail_call</c>. Up to 33 times in one invocation.
    /// </summary>
    /// <param name="programs">A map of programs.</param>
    /// <param name="index">Which of them.</param>
    /// <returns>
    /// 0: return now, the result is the other program's. -27: no more tail calls. -6: no such program; go on without it.
    /// </returns>
    [Helper(5)]
    public int TailCall(EbpfMap programs, uint index) => Helpers.TailCall.Run(_call, programs, index);

    /// <summary>Writes a line into the trace: <c>bpf_trace_printk2</c> to <c>bpf_trace_printk5</c>.</summary>
    /// <param name="format">
    /// UTF-8, such as <c>"%d packets"u8</c>: %d, %i, %u, %x, with l for 32 and ll for 64 bits, and %%. At most 510 bytes.
    /// </param>
    /// <param name="arguments">As many as there are specifiers, 0 to 3.</param>
    /// <returns>Bytes of the line; 0 when nobody listens; -1 for a format that is not allowed, or a line of more than 553 bytes.</returns>
    [Helper(12)]
    public int TracePrintk(ReadOnlySpan<byte> format, params ReadOnlySpan<ulong> arguments)
    {
        // The helper counts the zero at the end, which a C# literal has behind its last byte.
        byte* text = stackalloc byte[(int)Helpers.TracePrintk.MaxFormatBytes + 1];
        if (format.Length > (int)Helpers.TracePrintk.MaxFormatBytes - 1 || arguments.Length > 3)
        {
            return -1;
        }

        format.CopyTo(new Span<byte>(text, format.Length));
        text[format.Length] = 0;
        return Helpers.TracePrintk.Run(_call, text, (ulong)format.Length + 1, arguments);
    }

    /// <summary>Copies bytes: <c>bpf_memcpy_s</c>; overlapping too, as <c>bpf_memmove_s</c>.</summary>
    /// <returns>0, or -22 for a source longer than the destination.</returns>
    [Helper(22)]
    public int MemcpyS(Span<byte> destination, ReadOnlySpan<byte> source)
    {
        fixed (byte* d = destination, s = source)
        {
            return MemoryHelpers.Copy(d, (ulong)destination.Length, s, (ulong)source.Length);
        }
    }

    /// <summary>Compares bytes: <c>bpf_memcmp_s</c>. -1, 0 or 1.</summary>
    [Helper(23)]
    public int MemcmpS(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        fixed (byte* f = first, s = second)
        {
            return MemoryHelpers.Compare(f, (ulong)first.Length, s, (ulong)second.Length);
        }
    }

    /// <summary>
    /// The change of a checksum when some bytes replace others: <c>bpf_csum_diff</c>. Lengths are multiples of 4, else -22.
    /// </summary>
    [Helper(10)]
    public int CsumDiff(ReadOnlySpan<byte> from, ReadOnlySpan<byte> to, int seed)
    {
        fixed (byte* f = from, t = to)
        {
            return MemoryHelpers.ChecksumDifference(f, from.Length, t, to.Length, seed);
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
