using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Batches over a hash table that changes meanwhile: between messages, and between two elements of one message.</summary>
[Collection(TraceCollection.Name)]
public sealed class CursorTests : IDisposable
{
    private readonly KernelListener _listener = new();
    private readonly EbpfMachine _machine;
    private readonly TestMap _map;
    private readonly List<byte[]> _keys;

    public CursorTests()
    {
        _machine = new EbpfMachine(cpus: 2, machine: new MachineOptions { RequestIdBase = _listener.RequestIdBase });

        // Few buckets, so that they have several elements each.
        _map = _machine.User.NewMap(BpfMapType.Hash, maxEntries: 4);
        _map.Fill(20);
        _keys = _map.Keys();
    }

    public void Dispose()
    {
        _listener.Callback = null;
        _machine.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void An_element_deleted_after_it_was_read_ends_the_message_with_key_not_found()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.Delete(_keys[5]).Expect(EbpfResult.Success);
        Answer answer = reader.Finish().Expect(EbpfResult.KeyNotFound);
        Assert.All(answer.Bytes, b => Assert.Equal(0, b));
    }

    [Fact]
    public void An_element_deleted_before_it_is_read_is_not_in_the_batch()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.Delete(_keys[6]).Expect(EbpfResult.Success);
        _map.Delete(_keys[12]).Expect(EbpfResult.Success);
        Assert.Equal([.. _keys[..6], .. _keys[7..12], .. _keys[13..]], Keys(reader.Finish()));
    }

    [Fact]
    public void An_element_deleted_long_after_it_was_read_stays_in_the_batch()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.Delete(_keys[2]).Expect(EbpfResult.Success);
        Assert.Equal(_keys, Keys(reader.Finish()));
    }

    [Fact]
    public void An_element_that_is_updated_where_the_reader_stands_does_not_disturb_it()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        foreach (byte[] key in _keys)
        {
            _map.Update(key, _map.Value(200)).Expect(EbpfResult.Success);
        }

        List<(byte[] Key, byte[] Value)> records = _map.Records(reader.Finish());
        Assert.Equal(_keys, records.Select(r => r.Key));
        Assert.All(records[..6], r => Assert.Equal(_map.Value((int)TestMap.Number(r.Key)), r.Value));
        Assert.All(records[6..], r => Assert.Equal(_map.Value(200), r.Value));
    }

    [Fact]
    public void An_element_deleted_and_inserted_again_where_the_reader_stands_is_found_again()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.Delete(_keys[5]).Expect(EbpfResult.Success);
        _map.Update(_keys[5], _map.Value(1)).Expect(EbpfResult.Success);
        Assert.Contains(_keys[19], Keys(reader.Finish()));
    }

    [Fact]
    public void Elements_inserted_meanwhile_come_if_they_lie_ahead_and_nothing_comes_twice()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.UpdateBatch(Enumerable.Range(100, 60).Select(i => (_map.Key((uint)i), _map.Value(i)))).Expect(EbpfResult.Success);
        List<byte[]> order = _map.Keys();
        int here = order.FindIndex(k => k.AsSpan().SequenceEqual(_keys[5]));
        Assert.Equal([.. _keys[..6], .. order[(here + 1)..]], Keys(reader.Finish()));
    }

    [Fact]
    public void Reading_and_deleting_fails_when_another_takes_the_element_that_it_is_about_to_delete()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5, delete: true);
        _map.Delete(_keys[4]).Expect(EbpfResult.Success);
        reader.Finish().Expect(EbpfResult.KeyNotFound);

        // Elements 0 to 3 are gone and nobody has seen them.
        Assert.Equal(_keys[5..], _map.Keys());
    }

    [Fact]
    public void The_last_element_taken_by_another_replaces_the_result_of_reading_and_deleting()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 19, delete: true);
        _map.Delete(_keys[19]).Expect(EbpfResult.Success);
        reader.Finish().Expect(EbpfResult.KeyNotFound);
        Assert.Empty(_map.Keys());
    }

    [Fact]
    public void Between_messages_a_cursor_key_that_is_deleted_ends_the_walk_and_other_changes_do_not()
    {
        Assert.Equal(_keys[..8], Keys(_map.GetBatch(8)));
        _map.Delete(_keys[3]).Expect(EbpfResult.Success);
        _map.Delete(_keys[9]).Expect(EbpfResult.Success);
        Assert.Equal([_keys[8], .. _keys[10..]], Keys(_map.GetBatch(20, _keys[7])));
        _map.Delete(_keys[7]).Expect(EbpfResult.Success);
        _map.GetBatch(20, _keys[7]).Expect(EbpfResult.KeyNotFound);
    }

    private ParkedCall<Answer> Read(long parkedAt, bool delete = false)
    {
        EbpfUser other = new(_machine.User.Process);
        TestMap map = new(other, _map.Handle, 4, _map.Layout);
        return new ParkedCall<Answer>(_listener, CopyStage.MapFetch, parkedAt, () => map.GetBatch(100, delete: delete));
    }

    private List<byte[]> Keys(Answer answer) => [.. _map.Records(answer).Select(r => r.Key)];
}
