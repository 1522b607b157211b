using System.Runtime.InteropServices;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode.Tests.Support;

namespace KernelSim.UserMode.Tests.Stress;

/// <summary>A process of its own that uses a map by the checked library's raw calls. An element is known by a number.</summary>
internal sealed class MapUser : IDisposable
{
    private const uint Room = 1024;

    private readonly PsProcess _process;
    private readonly Libbpf _library;
    private readonly int _fd;
    private readonly int _keySize;
    private readonly int _valueBytes;
    private readonly ulong _key;
    private readonly ulong _value;
    private readonly ulong _keys;
    private readonly ulong _values;
    private readonly ulong _count;
    private readonly ulong _outBatch;

    public MapUser(Lab lab, BpfMapType type, uint mapId, uint innerId)
    {
        Lab = lab;
        _process = lab.Machine.Processes.Create();
        _library = new Libbpf(_process.Gate);
        _fd = _library.bpf_map_get_fd_by_id(mapId);
        Assert.True(_fd > 0, $"bpf_map_get_fd_by_id: {_fd}");
        _keySize = type == BpfMapType.LpmTrie ? 8 : 4;
        bool isOuter = type is BpfMapType.HashOfMaps or BpfMapType.ArrayOfMaps;
        _valueBytes = isOuter ? 4 : (int)lab.ValueBytes(type, 8);
        IUserMemory memory = _process.Gate.Memory;
        _key = memory.Allocate((uint)_keySize);
        _value = memory.Allocate((uint)_valueBytes);
        _keys = memory.Allocate(Room * (uint)_keySize);
        _values = memory.Allocate(Room * (uint)_valueBytes);
        _count = memory.Allocate(4);
        _outBatch = memory.Allocate((uint)_keySize);
        Span<byte> value = memory.Access(_value, (uint)_valueBytes, MemoryAccess.Write, "test");
        value.Clear();
        if (isOuter)
        {
            MemoryMarshal.Write(value, _library.bpf_map_get_fd_by_id(innerId));
        }
    }

    public Lab Lab { get; }

    public void Put(uint number)
    {
        SetKey(number);
        int result = _library.bpf_map_update_elem(_fd, _key, _value, 0);
        Assert.True(result == 0, $"bpf_map_update_elem: {result} {_library.LastRefusal}");
    }

    /// <summary>Whether it was this caller who deleted it.</summary>
    public bool Delete(uint number)
    {
        SetKey(number);
        int result = _library.bpf_map_delete_elem(_fd, _key);
        Assert.True(result is 0 or -(int)Errno.ENOENT, $"bpf_map_delete_elem: {result} {_library.LastRefusal}");
        return result == 0;
    }

    /// <summary>All numbers that a walk in batches delivers.</summary>
    public IReadOnlyList<uint> Walk(uint count)
    {
        List<uint> numbers = [];
        for (ulong inBatch = 0; ; inBatch = _outBatch)
        {
            Write(_count, count);
            int result = _library.bpf_map_lookup_batch(_fd, inBatch, _outBatch, _keys, _values, _count, 0);
            if (result == -(int)Errno.ENOENT)
            {
                return numbers;
            }

            Assert.True(result == 0, $"bpf_map_lookup_batch: {result} {_library.LastRefusal}");
            numbers.AddRange(Numbers());
        }
    }

    /// <summary>The numbers that one lookup-and-delete delivers.</summary>
    public IReadOnlyList<uint> Take(uint count)
    {
        Write(_count, count);
        int result = _library.bpf_map_lookup_and_delete_batch(_fd, 0, _outBatch, _keys, _values, _count, 0);
        Assert.True(result is 0 or -(int)Errno.ENOENT, $"bpf_map_lookup_and_delete_batch: {result} {_library.LastRefusal}");
        return result == 0 ? Numbers() : [];
    }

    public void Dispose()
    {
        _library.Dispose();
        _process.Terminate(NtStatus.Success);
    }

    private uint[] Numbers()
    {
        int count = MemoryMarshal.Read<int>(_process.Gate.Memory.Access(_count, 4, MemoryAccess.Read, "test"));
        Assert.NotEqual(0, count);
        ReadOnlySpan<byte> keys = _process.Gate.Memory.Access(_keys, (uint)(count * _keySize), MemoryAccess.Read, "test");
        uint[] numbers = new uint[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = MemoryMarshal.Read<uint>(keys[(((i + 1) * _keySize) - 4)..]);
        }

        return numbers;
    }

    /// <summary>The key of a number; in a trie a prefix of 32 bits.</summary>
    private void SetKey(uint number)
    {
        if (_keySize == 8)
        {
            Write(_key, 32u);
        }

        Write(_key + (ulong)_keySize - 4, number);
    }

    private void Write(ulong address, uint value) =>
        MemoryMarshal.Write(_process.Gate.Memory.Access(address, 4, MemoryAccess.Write, "test"), value);
}
