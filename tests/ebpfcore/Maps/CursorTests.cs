using System.Text;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Batches over a hash table that changes meanwhile: between messages, and between two elements of one message.</summary>
[Collection(TraceCollection.Name)]
public sealed class CursorTests : IDisposable
{
    private readonly MachineEvents _listener = new();
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
        _listener.OnEvent = null;
        _machine.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void An_element_deleted_after_it_was_read_does_not_end_the_message()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.Delete(_keys[5]).Expect(EbpfResult.Success);
        Assert.Equal(_keys, Keys(reader.Finish()));
    }

    [Fact]
    public void A_reader_finds_its_place_although_its_bucket_was_built_anew_without_the_key_it_stands_at()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5);
        _map.Delete(_keys[5]).Expect(EbpfResult.Success);
        _map.UpdateBatch(Enumerable.Range(100, 60).Select(i => (_map.Key((uint)i), _map.Value(i)))).Expect(EbpfResult.Success);
        List<byte[]> read = Keys(reader.Finish());
        Assert.Equal(_keys, read.Where(k => TestMap.Number(k) < 100));
        Assert.Equal(read.Count, read.Select(k => TestMap.Number(k)).Distinct().Count());
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
    public void Reading_and_deleting_delivers_each_element_to_one_of_those_who_take_it()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5, delete: true);
        _map.Delete(_keys[4]).Expect(EbpfResult.KeyNotFound);
        _map.Delete(_keys[5]).Expect(EbpfResult.KeyNotFound);
        _map.Delete(_keys[12]).Expect(EbpfResult.Success);
        Assert.Equal([.. _keys[..12], .. _keys[13..]], Keys(reader.Finish()));
        Assert.Empty(_map.Keys());
    }

    [Fact]
    public void Reading_and_deleting_that_others_have_emptied_delivers_what_it_took_before()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5, delete: true);
        Assert.Equal(_keys[6..], Keys(_map.GetBatch(100, delete: true)));
        Assert.Equal(_keys[..6], Keys(reader.Finish()));
        _map.GetBatch(100, delete: true).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void Reading_and_deleting_delivers_the_value_that_the_element_had_when_it_was_taken()
    {
        using ParkedCall<Answer> reader = Read(parkedAt: 5, delete: true);
        foreach (byte[] key in _keys[6..])
        {
            _map.Update(key, _map.Value(200)).Expect(EbpfResult.Success);
        }

        List<(byte[] Key, byte[] Value)> records = _map.Records(reader.Finish());
        Assert.Equal(_keys, records.Select(r => r.Key));
        Assert.All(records[6..], r => Assert.Equal(_map.Value(200), r.Value));
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

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_request_with_the_mark_goes_on_at_the_place_of_a_key_that_is_gone(bool rebuilt)
    {
        _map.Delete(_keys[7]).Expect(EbpfResult.Success);
        if (rebuilt)
        {
            _map.UpdateBatch(Enumerable.Range(100, 60).Select(i => (_map.Key((uint)i), _map.Value(i)))).Expect(EbpfResult.Success);
        }

        List<byte[]> order = _map.Keys();
        int next = order.FindIndex(k => k.AsSpan().SequenceEqual(_keys[8]));
        List<byte[]> read = Keys(Resume(_keys[7], MapGetNextKeyValueBatchRequest.ResumeMark));
        Assert.Equal(order[^read.Count..], read);
        Assert.True(read.Count >= order.Count - next);
        Assert.DoesNotContain(_keys[6], read);

        // A key that is there, and one that never was.
        Assert.Equal(order[(next + 1)..], Keys(Resume(_keys[8], MapGetNextKeyValueBatchRequest.ResumeMark)));
        Answer behindNew = Resume(_map.Key(77777), MapGetNextKeyValueBatchRequest.ResumeMark);
        List<byte[]> rest = behindNew.Status == NtStatus.Success ? Keys(behindNew) : [];
        _map.Update(_map.Key(77777), _map.Value(1)).Expect(EbpfResult.Success);
        Assert.Equal(rest.Prepend(_map.Key(77777)), _map.Keys()[^(rest.Count + 1)..]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("continu")]
    [InlineData("CONTINUE")]
    [InlineData("continue?")]
    public void Anything_else_behind_a_request_changes_nothing(string behind)
    {
        _map.Delete(_keys[7]).Expect(EbpfResult.Success);
        Resume(_keys[7], Encoding.ASCII.GetBytes(behind)).Expect(EbpfResult.KeyNotFound);
        Assert.Equal(_keys[9..], Keys(Resume(_keys[8], Encoding.ASCII.GetBytes(behind))));
    }

    private Answer Resume(byte[] previous, ReadOnlySpan<byte> behind) =>
        _machine.User.Send(
            [
                .. EbpfUser.Message(
                    EbpfOperationId.MapGetNextKeyValueBatch, new MapGetNextKeyValueBatchRequest { Handle = _map.Handle }, previous),
                .. behind,
            ],
            8 + (100 * _map.RecordBytes));

    private ParkedCall<Answer> Read(long parkedAt, bool delete = false)
    {
        EbpfUser other = new(_machine.User.Process);
        TestMap map = new(other, _map.Handle, 4, _map.Layout);
        return new ParkedCall<Answer>(_listener, CopyStage.MapFetch, parkedAt, () => map.GetBatch(100, delete: delete));
    }

    private List<byte[]> Keys(Answer answer) => [.. _map.Records(answer).Select(r => r.Key)];
}
