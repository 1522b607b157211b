using System.Diagnostics.CodeAnalysis;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Device;

namespace KernelSim.UserMode.Rings;

/// <summary>
/// The library's rings: the mapped ones by the address of their consumer page, <c>_ebpf_ring_mappings</c>, and the events of
/// managers. What is left is released when the library is unloaded.
/// </summary>
internal sealed class RingTable
{
    private readonly Dictionary<ulong, RingMapping> _mappings = [];
    private readonly HashSet<NtHandle> _events = [];
    private readonly Lock _lock = new();

    /// <summary>Maps a ring's three parts: <c>ebpf_ring_buffer_map_map_buffer_with_index</c>. The section handles are closed at once.</summary>
    public EbpfResult Map(DeviceChannel channel, NtHandle map, ulong index, out RingMapping? mapping)
    {
        mapping = null;
        EbpfResult result = MapPart(channel, map, index, RingBufferUserSection.Consumer, MemoryAccess.Write, out ulong consumer, out _);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        result = MapPart(channel, map, index, RingBufferUserSection.Producer, MemoryAccess.Read, out ulong producer, out _);
        ulong data = 0;
        ulong size = 0;
        if (result == EbpfResult.Success)
        {
            result = MapPart(channel, map, index, RingBufferUserSection.Data, MemoryAccess.Read, out data, out size);
        }

        RingMapping made = new(consumer, producer, data, size);
        if (result != EbpfResult.Success)
        {
            UnmapViews(channel.Gate, channel.RequestId, made);
            return result;
        }

        lock (_lock)
        {
            _mappings.Add(consumer, made);
        }

        mapping = made;
        return EbpfResult.Success;
    }

    /// <summary>Removes a mapped ring, by the address of its consumer page.</summary>
    public bool TryRemove(ulong consumer, [NotNullWhen(true)] out RingMapping? mapping)
    {
        lock (_lock)
        {
            return _mappings.Remove(consumer, out mapping);
        }
    }

    /// <summary>Creates an event for a manager, which the table holds until <see cref="CloseEvent"/>.</summary>
    public EbpfResult CreateEvent(DeviceChannel channel, out NtHandle handle)
    {
        if (!channel.Gate.NtCreateEvent(channel.RequestId, manualReset: true, initialState: false, out handle).IsSuccess)
        {
            return EbpfResult.NoMemory;
        }

        lock (_lock)
        {
            _events.Add(handle);
        }

        return EbpfResult.Success;
    }

    /// <summary>Closes a manager's event.</summary>
    public void CloseEvent(ISystemGate gate, ulong requestId, NtHandle handle)
    {
        bool known;
        lock (_lock)
        {
            known = _events.Remove(handle);
        }

        if (known)
        {
            gate.NtClose(requestId, handle);
        }
    }

    /// <summary>Unmaps and closes everything.</summary>
    public void Close(ISystemGate gate, ulong requestId)
    {
        RingMapping[] mappings;
        NtHandle[] events;
        lock (_lock)
        {
            mappings = [.. _mappings.Values];
            events = [.. _events];
            _mappings.Clear();
            _events.Clear();
        }

        Array.ForEach(mappings, m => UnmapViews(gate, requestId, m));
        Array.ForEach(events, e => gate.NtClose(requestId, e));
    }

    /// <summary>Unmaps the mapped parts of a ring.</summary>
    public static void UnmapViews(ISystemGate gate, ulong requestId, RingMapping mapping)
    {
        foreach (ulong address in (ReadOnlySpan<ulong>)[mapping.Consumer, mapping.Producer, mapping.Data])
        {
            if (address != 0)
            {
                gate.NtUnmapViewOfSection(requestId, address);
            }
        }
    }

    private static EbpfResult MapPart(
        DeviceChannel channel, NtHandle map, ulong index, RingBufferUserSection section, MemoryAccess access, out ulong address, out ulong size)
    {
        address = 0;
        EbpfResult result = RingMessages.GetSection(channel, map, index, section, out NtHandle handle, out size);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        NtStatus status = channel.Gate.NtMapViewOfSection(channel.RequestId, handle, access, out UserRange view);
        channel.Gate.NtClose(channel.RequestId, handle);
        address = view.Address;
        return ResultConversions.SeenThroughIoctl(status);
    }
}

/// <summary>The addresses of one mapped ring in the process: <c>ebpf_ring_buffer_user_mapping_t</c>.</summary>
/// <param name="Consumer">Address of the page with the reader's offset, which the process writes.</param>
/// <param name="Producer">Address of the page with the writers' offset, and in a perf event array the number of lost records at offset 64.</param>
/// <param name="Data">Address of the data, mapped twice, back to back.</param>
/// <param name="DataSize">Size of the data in bytes, counted once.</param>
internal sealed record RingMapping(ulong Consumer, ulong Producer, ulong Data, ulong DataSize);
