using System.ComponentModel;

namespace KernelSim.HostBpf;

/// <summary>
/// A map of the host's own kernel, through bpf(2): the real thing to compare and to race with. Calls return 0 or -errno, in Linux's
/// numbers.
/// </summary>
public sealed unsafe class HostBpfMap : IDisposable
{
    /// <summary>BPF_F_NO_PREALLOC.</summary>
    public const uint NoPreallocation = 1;

    private const int MapCreate = 0;
    private const int MapLookupElem = 1;
    private const int MapUpdateElem = 2;
    private const int MapDeleteElem = 3;
    private const int MapGetNextKey = 4;
    private const int MapLookupAndDeleteElem = 21;
    private const int MapLookupBatch = 24;
    private const int MapLookupAndDeleteBatch = 25;
    private const int MapUpdateBatch = 26;
    private const int MapDeleteBatch = 27;

    private readonly int _fd;

    private HostBpfMap(int fd)
    {
        _fd = fd;
    }

    /// <summary>The host's possible CPUs, as libbpf counts them: one more than the last in <c>/sys/devices/system/cpu/possible</c>.</summary>
    public static int PossibleCpus
    {
        get
        {
            string text = File.ReadAllText("/sys/devices/system/cpu/possible").Trim();
            return int.Parse(text.AsSpan(text.LastIndexOfAny(['-', ',']) + 1), provider: null) + 1;
        }
    }

    /// <summary>What the kernel says that the map takes, in bytes; null if it does not say.</summary>
    public long? MemoryBytes
    {
        get
        {
            const string Field = "memlock:";
            string? line = File.ReadLines($"/proc/self/fdinfo/{_fd}").FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? null : long.Parse(line.AsSpan(Field.Length).Trim(), provider: null);
        }
    }

    /// <summary>Its descriptor: for programs, for its memory, and as a value of maps of maps.</summary>
    public int Descriptor => _fd;

    /// <summary>Why bpf(2) cannot be used here, or null when it can.</summary>
    public static string? WhyUnavailable() => HostBpfAccess.Try().WhyNot;

    /// <summary>Creates a map.</summary>
    /// <exception cref="Win32Exception">The host kernel refuses.</exception>
    public static HostBpfMap Create(HostMapType type, uint keySize, uint valueSize, uint maxEntries, uint flags = 0)
    {
        int result = TryCreate(type, keySize, valueSize, maxEntries, flags, innerFd: 0, out HostBpfMap? map);
        return map ?? throw new Win32Exception(-result);
    }

    /// <summary>Creates a map, or says why the host kernel refuses.</summary>
    /// <param name="type">A type in Linux's numbers.</param>
    /// <param name="keySize">Bytes in a key.</param>
    /// <param name="valueSize">Bytes in one CPU's value.</param>
    /// <param name="maxEntries">The most elements.</param>
    /// <param name="flags">BPF_F_*.</param>
    /// <param name="innerFd">Descriptor of the template of a map of maps; otherwise 0.</param>
    /// <param name="map">The map; null if it was refused.</param>
    /// <returns>A descriptor or -errno.</returns>
    public static int TryCreate(
        HostMapType type, uint keySize, uint valueSize, uint maxEntries, uint flags, int innerFd, out HostBpfMap? map)
    {
        var attributes = new MapCreateAttributes
        {
            MapType = (uint)type,
            KeySize = keySize,
            ValueSize = valueSize,
            MaxEntries = maxEntries,
            MapFlags = flags,
            InnerMapFd = (uint)innerFd,
        };
        int fd = HostSystemCalls.Bpf(MapCreate, &attributes, sizeof(MapCreateAttributes));
        map = fd >= 0 ? new HostBpfMap(fd) : null;
        return fd;
    }

    /// <summary>bpf_map_update_elem.</summary>
    public int Update(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, ulong flags = 0) => Element(MapUpdateElem, key, value, flags);

    /// <summary>bpf_map_lookup_elem.</summary>
    public int Lookup(ReadOnlySpan<byte> key, Span<byte> value) => Element(MapLookupElem, key, value, 0);

    /// <summary>bpf_map_lookup_and_delete_elem.</summary>
    public int LookupAndDelete(ReadOnlySpan<byte> key, Span<byte> value) => Element(MapLookupAndDeleteElem, key, value, 0);

    /// <summary>bpf_map_delete_elem.</summary>
    public int Delete(ReadOnlySpan<byte> key) => Element(MapDeleteElem, key, default, 0);

    /// <summary>bpf_map_get_next_key; an empty key asks for the first.</summary>
    public int GetNextKey(ReadOnlySpan<byte> key, Span<byte> nextKey) => Element(MapGetNextKey, key, nextKey, 0);

    /// <summary>bpf_map_update_batch.</summary>
    public int UpdateBatch(ReadOnlySpan<byte> keys, ReadOnlySpan<byte> values, ref uint count, ulong elementFlags = 0, ulong flags = 0) =>
        Batch(MapUpdateBatch, default, default, keys, values, ref count, elementFlags, flags);

    /// <summary>bpf_map_lookup_batch; an empty cursor starts. The cursors need 4 bytes at least.</summary>
    public int LookupBatch(
        ReadOnlySpan<byte> inBatch,
        Span<byte> outBatch,
        Span<byte> keys,
        Span<byte> values,
        ref uint count,
        ulong elementFlags = 0,
        ulong flags = 0) =>
        Batch(MapLookupBatch, inBatch, outBatch, keys, values, ref count, elementFlags, flags);

    /// <summary>bpf_map_lookup_and_delete_batch; otherwise like <see cref="LookupBatch"/>.</summary>
    public int LookupAndDeleteBatch(
        ReadOnlySpan<byte> inBatch,
        Span<byte> outBatch,
        Span<byte> keys,
        Span<byte> values,
        ref uint count,
        ulong elementFlags = 0,
        ulong flags = 0) =>
        Batch(MapLookupAndDeleteBatch, inBatch, outBatch, keys, values, ref count, elementFlags, flags);

    /// <summary>bpf_map_delete_batch.</summary>
    public int DeleteBatch(ReadOnlySpan<byte> keys, ref uint count, ulong elementFlags = 0, ulong flags = 0) =>
        Batch(MapDeleteBatch, default, default, keys, default, ref count, elementFlags, flags);

    /// <inheritdoc/>
    public void Dispose() => HostSystemCalls.Close(_fd);

    private int Element(int command, ReadOnlySpan<byte> key, ReadOnlySpan<byte> valueOrNextKey, ulong flags)
    {
        fixed (byte* k = key)
        fixed (byte* v = valueOrNextKey)
        {
            var attributes = new MapElementAttributes { MapFd = (uint)_fd, Key = (ulong)k, ValueOrNextKey = (ulong)v, Flags = flags };
            return HostSystemCalls.Bpf(command, &attributes, sizeof(MapElementAttributes));
        }
    }

    private int Batch(
        int command,
        ReadOnlySpan<byte> inBatch,
        ReadOnlySpan<byte> outBatch,
        ReadOnlySpan<byte> keys,
        ReadOnlySpan<byte> values,
        ref uint count,
        ulong elementFlags,
        ulong flags)
    {
        fixed (byte* i = inBatch)
        fixed (byte* o = outBatch)
        fixed (byte* k = keys)
        fixed (byte* v = values)
        {
            var attributes = new MapBatchAttributes
            {
                InBatch = (ulong)i,
                OutBatch = (ulong)o,
                Keys = (ulong)k,
                Values = (ulong)v,
                Count = count,
                MapFd = (uint)_fd,
                ElementFlags = elementFlags,
                Flags = flags,
            };
            int result = HostSystemCalls.Bpf(command, &attributes, sizeof(MapBatchAttributes));
            count = attributes.Count;
            return result;
        }
    }
}
