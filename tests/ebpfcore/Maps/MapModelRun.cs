using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Random operations on one map with keys, from user mode and from programs, each held against a <see cref="MapModel"/>.</summary>
internal sealed class MapModelRun : IDisposable
{
    private const uint MaxEntries = 24;
    private static readonly EbpfMapOption[] s_options = [EbpfMapOption.Any, EbpfMapOption.Any, EbpfMapOption.NoExist, EbpfMapOption.Exist];
    private static readonly ulong[] s_flags = [0, 0, 1, 2, 3, 1UL << 32];

    private readonly int _cpus;
    private readonly bool _isTrie;
    private readonly Random _random;
    private readonly TestMap _map;
    private readonly ProgramMap _program;
    private readonly MapModel _model;
    private int _values;

    public MapModelRun(EbpfMachine machine, BpfMapType type, uint keySize, Random random)
    {
        _cpus = machine.Machine.Processors.Count;
        _random = random;
        _isTrie = type == BpfMapType.LpmTrie;

        // A hash map takes more than it was made for; an LRU map of 24 times 8 entries never evicts one of the 36 keys.
        bool isLru = type is BpfMapType.LruHash or BpfMapType.LruPercpuHash;
        uint maxEntries = isLru ? MaxEntries * 8 : MaxEntries;
        _map = machine.User.NewMap(type, keySize, valueSize: 12, maxEntries);
        _program = new ProgramMap(machine, _map);
        _model = new MapModel(type, _map.Layout, maxEntries);
    }

    public void Dispose() => _program.Dispose();

    public void Step()
    {
        switch (_random.Next(14))
        {
            case 0 or 1:
                Update();
                break;
            case 2:
                UpdateBatch();
                break;
            case 3:
                Find(delete: _random.Next(3) == 0);
                break;
            case 4:
                Delete();
                break;
            case 5 when _random.Next(3) == 0:
                DeleteBatch();
                break;
            case 6:
                NextKey();
                break;
            case 7:
                ReadBatch(delete: _random.Next(3) == 0);
                break;
            case 8 or 9:
                HelperUpdate();
                break;
            case 10 or 11:
                HelperLookup(delete: _random.Next(4) == 0);
                break;
            case 12:
                HelperDelete();
                break;
        }
    }

    /// <summary>Everything that is there, as a walk finds it, is what the model has.</summary>
    public void CheckAll()
    {
        Assert.Equal(_model.Keys.Order(), Order().Order());
        List<(byte[] Key, byte[] Value)> all = _model.Keys.Any() ? _map.Records(_map.GetBatch(100)) : [];
        Assert.Equal(_model.Keys.Count(), all.Count);
        Assert.All(all, r => Assert.Equal(_model.Value(NumberOf(r.Key)), r.Value));
    }

    /// <summary>In a trie all prefixes have 32 bits, so that none is another's beginning. What lies behind them does not count.</summary>
    private byte[] Key(uint number) =>
        _isTrie ? [32, 0, 0, 0, .. BitConverter.GetBytes(number), .. new byte[_map.KeySize - 8]] : _map.Key(number);

    private uint NumberOf(byte[] key) => TestMap.Number(_isTrie ? key[4..] : key);

    private uint RandomKey() => _random.Next(40) switch
    {
        0 => uint.MaxValue,
        < 30 => (uint)_random.Next((int)MaxEntries),
        _ => (uint)_random.Next((int)MaxEntries + 12),
    };

    private List<uint> Order() => [.. _map.Keys().Select(NumberOf)];

    private byte[] NewValue() => _map.Value(++_values);

    private byte[] NewSlot() => NewValue()[..(int)_map.Layout.ValueSize];

    private void Update()
    {
        (uint key, byte[] value, EbpfMapOption option) = (RandomKey(), NewValue(), s_options[_random.Next(s_options.Length)]);
        _map.Update(Key(key), value, option).Expect(_model.Update(key, value, option));
    }

    private void UpdateBatch()
    {
        (uint Key, byte[] Value)[] records = [.. Enumerable.Range(0, _random.Next(12)).Select(_ => (RandomKey(), NewValue()))];
        EbpfMapOption option = s_options[_random.Next(s_options.Length)];
        Answer answer = _map.UpdateBatch(records.Select(r => (Key(r.Key), r.Value)), option);
        EbpfResult expected = records.Select(r => _model.Update(r.Key, r.Value, option)).FirstOrDefault(r => r != EbpfResult.Success);
        answer.Expect(expected);
        if (expected == EbpfResult.Success)
        {
            Assert.Equal((uint)records.Length, answer.As<MapUpdateElementBatchReply>().CountOfElementsProcessed);
        }
    }

    private void Find(bool delete)
    {
        uint key = RandomKey();
        byte[]? value = _model.Value(key);
        Answer answer = _map.Find(Key(key), delete).Expect(_model.Find(key, delete));
        if (answer.Status == NtStatus.Success)
        {
            Assert.Equal(value, answer.Tail(8));
        }
    }

    private void Delete()
    {
        uint key = RandomKey();
        _map.Delete(Key(key)).Expect(_model.Delete(key));
    }

    private void DeleteBatch()
    {
        uint[] keys = [.. Enumerable.Range(0, _random.Next(6)).Select(_ => RandomKey())];
        Answer answer = _map.DeleteBatch(keys.Select(Key));
        answer.Expect(keys.Select(_model.Delete).FirstOrDefault(r => r != EbpfResult.Success));
    }

    private void NextKey()
    {
        uint? previous = _random.Next(5) == 0 ? null : RandomKey();
        List<uint> order = Order();

        // One whose cursor has gone starts over; a batch does not.
        uint[] rest = _model.After(order, previous) ?? [.. order];
        Answer answer = _map.NextKey(previous is { } key ? Key(key) : []);
        answer.Expect(rest.Length == 0 ? EbpfResult.NoMoreKeys : EbpfResult.Success);
        if (rest.Length > 0)
        {
            Assert.Equal(rest[0], NumberOf(answer.Tail(16)));
        }
    }

    private void ReadBatch(bool delete)
    {
        uint? cursor = _random.Next(3) == 0 ? RandomKey() : null;
        int room = _random.Next(8) == 0 ? 100 : _random.Next(10);
        List<uint> order = Order();
        Assert.Equal(_model.Keys.Order(), order.Order());
        Dictionary<uint, byte[]?> values = order.ToDictionary(k => k, _model.Value);
        (EbpfResult result, uint[] keys) = _model.ReadBatch(order, cursor, room, delete);
        Answer answer = _map.GetBatch(room, cursor is { } key ? Key(key) : [], delete, _random.Next(_map.RecordBytes));
        answer.Expect(result);
        if (result == EbpfResult.Success)
        {
            List<(byte[] Key, byte[] Value)> records = _map.Records(answer);
            Assert.Equal(keys, records.Select(r => NumberOf(r.Key)));
            Assert.Equal(keys.Select(k => values[k]), records.Select(r => r.Value));
            _ = delete ? keys.Select(_model.Delete).ToArray() : [];
        }
    }

    private void HelperUpdate()
    {
        (int cpu, uint key, byte[] slot, ulong flags) = (_random.Next(_cpus), RandomKey(), NewSlot(), s_flags[_random.Next(s_flags.Length)]);
        Assert.Equal(-(int)_model.HelperUpdate(cpu, key, slot, flags), _program.Update(cpu, Key(key), slot, flags));
    }

    private void HelperLookup(bool delete)
    {
        (int cpu, uint key) = (_random.Next(_cpus), RandomKey());
        byte[]? whole = _model.Value(key);
        EbpfResult result = _model.Find(key, delete);
        int at = _map.Layout.IsPerCpu ? (int)_map.Layout.SlotOffset(cpu) : 0;
        byte[]? expected = result == EbpfResult.Success ? whole![at..(at + (int)_map.Layout.ValueSize)] : null;
        Assert.Equal(expected, _program.Lookup(cpu, Key(key), delete));
    }

    private void HelperDelete()
    {
        uint key = RandomKey();
        Assert.Equal(-(int)_model.Delete(key), _program.Delete(_random.Next(_cpus), Key(key)));
    }
}
