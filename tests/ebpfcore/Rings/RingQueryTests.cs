using KernelSim.EbpfCore.Maps;
using KernelSim.EbpfCore.Programs;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Rings;

/// <summary>Operation 29: giving back, waiting, cancelling.</summary>
public sealed class RingQueryTests : IDisposable
{
    private readonly EbpfMachine _machine = new(2);
    private readonly NtHandle _map;
    private readonly TestRing _ring;

    public RingQueryTests()
    {
        _map = _machine.User.NewMap(BpfMapType.Ringbuf, keySize: 0, maxEntries: 4096).Handle;
        _ring = new TestRing(_machine.User, _map);
    }

    private EbpfUser User => _machine.User;

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void With_something_unread_it_is_pending_and_already_over()
    {
        _ring.Write([1, 2, 3]).Expect(EbpfResult.Success);
        PendingQuery query = new(User, _map);
        Assert.Equal(NtStatus.Pending, query.Sent);
        query.Expect(NtStatus.Success, 32);
        MapAsyncQueryReply reply = query.Reply;
        Assert.Equal((32, EbpfOperationId.MapAsyncQuery), (reply.Header.Length, reply.Header.Id));
        Assert.Equal((16UL, 0UL, 0UL), (reply.AsyncQueryResult.Producer, reply.AsyncQueryResult.Consumer, reply.AsyncQueryResult.LostCount));
    }

    [Fact]
    public void A_caller_that_waits_gets_the_answer_like_any_other()
    {
        _ring.Write([1, 2, 3]).Expect(EbpfResult.Success);
        Answer answer = User.Send(EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = _map }, replyBytes: 32);
        Assert.Equal(16UL, answer.Expect(EbpfResult.Success).As<MapAsyncQueryReply>().AsyncQueryResult.Producer);
    }

    [Fact]
    public void Without_anything_unread_it_waits_for_the_next_record()
    {
        PendingQuery query = new(User, _map);
        Assert.Equal(NtStatus.Pending, query.Sent);
        Assert.False(query.IsOver);
        _ring.Write([1]).Expect(EbpfResult.Success);
        query.Expect(NtStatus.Success, 32);
        Assert.Equal(16UL, query.Reply.AsyncQueryResult.Producer);
    }

    [Fact]
    public void A_program_s_record_answers_it_from_dispatch_level()
    {
        PendingQuery query = new(User, _map);
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(2, out EbpfMap? map));
        RunProgram(1, context => Assert.Equal(0, context.RingbufOutput(map!, [9, 9])));
        map!.Dereference();
        query.Expect(NtStatus.Success, 32);
    }

    [Fact]
    public void There_is_one_at_a_time_for_each_ring()
    {
        PendingQuery first = new(User, _map);
        PendingQuery second = new(User, _map);
        Assert.Equal(NtStatus.InvalidParameter, second.Sent);
        Assert.Equal(
            (CheckTable.RingQueryOutstanding.Number, 1L, 0L),
            (second.Refusal!.Value.Check, second.Refusal.Value.Given, second.Refusal.Value.Expected));
        _ring.Write([1]).Expect(EbpfResult.Success);
        Assert.True(first.IsOver);
        Assert.Equal(NtStatus.Pending, new PendingQuery(User, _map).Sent);

        NtHandle perf = User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        PendingQuery[] both = [new(User, perf), new(User, perf, index: 1)];
        Assert.All(both, q => Assert.Equal((NtStatus.Pending, false), (q.Sent, q.IsOver)));
    }

    [Fact]
    public void It_gives_back_what_was_read_first()
    {
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        PendingQuery query = new(User, _map, consumer: 112);
        query.Expect(NtStatus.Success, 32);
        Assert.Equal((224UL, 112UL), (query.Reply.AsyncQueryResult.Producer, query.Reply.AsyncQueryResult.Consumer));
        Assert.Equal(112u, _ring.ConsumerOffset);
        Assert.False(new PendingQuery(User, _map, consumer: 224).IsOver);
        Assert.Equal(224u, _ring.ConsumerOffset);
    }

    [Theory]
    [InlineData(225UL, 224L, "map.ring.return_producer")]
    [InlineData(ulong.MaxValue, 224L, "map.ring.return_producer")]
    [InlineData(8UL, 112L, "map.ring.return_boundary")]
    [InlineData(111UL, 112L, "map.ring.return_boundary")]
    [InlineData(120UL, 224L, "map.ring.return_boundary")]
    public void What_is_given_back_ends_with_a_record(ulong offset, long expected, string check)
    {
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        PendingQuery query = new(User, _map, consumer: offset);
        Assert.Equal(NtStatus.InvalidParameter, query.Sent);
        CheckRefusal refusal = query.Refusal!.Value;
        Assert.Equal((check, (long)offset, expected), (CheckTable.Find(refusal.Check)!.Id, refusal.Given, refusal.Expected));
        Assert.Equal(0u, _ring.ConsumerOffset);
    }

    [Fact]
    public void Nothing_is_given_back_twice()
    {
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        _ring.ConsumerOffset = 112;
        PendingQuery query = new(User, _map, consumer: 0);
        Assert.Equal(CheckTable.RingReturnBoundary.Number, query.Refusal!.Value.Check);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData(4UL)]
    [InlineData(1UL << 40)]
    public void From_a_place_where_no_reader_can_be_nothing_is_given_back(ulong page)
    {
        _ring.Write(new byte[100]).Expect(EbpfResult.Success);
        _ring.ConsumerOffset = page;
        PendingQuery query = new(User, _map, consumer: 112);
        CheckRefusal refusal = query.Refusal!.Value;
        Assert.Equal((CheckTable.RingReturnPage.Number, (long)page, 112L), (refusal.Check, refusal.Given, refusal.Expected));
        Assert.Equal(page, _ring.ConsumerOffset);
    }

    [Theory]
    [InlineData(0UL)]
    [InlineData(4UL)]
    [InlineData(4100UL)]
    public void Who_gives_nothing_back_may_stand_where_no_reader_can_be(ulong page)
    {
        for (int i = 0; i < 5; i++)
        {
            _ring.ConsumerOffset = _ring.ProducerOffset;
            _ring.Write(new byte[4088]).Expect(EbpfResult.Success);
        }

        _ring.ConsumerOffset = page;
        PendingQuery query = new(User, _map, consumer: page);
        Assert.Equal(
            (NtStatus.Success, page, 5 * 4096UL), (query.Status, query.Reply.AsyncQueryResult.Consumer, query.Reply.AsyncQueryResult.Producer));
        Assert.Equal(page, _ring.ConsumerOffset);
    }

    [Fact]
    public void A_reader_too_far_behind_cannot_make_the_kernel_walk_for_long()
    {
        for (int i = 0; i < 5; i++)
        {
            _ring.Write(new byte[4088]).Expect(EbpfResult.Success);
            _ring.ConsumerOffset = _ring.ProducerOffset;
        }

        _ring.ConsumerOffset = 0;
        Assert.Equal(CheckTable.RingReturnPage.Number, new PendingQuery(User, _map, consumer: 5 * 4096).Refusal!.Value.Check);
    }

    [Fact]
    public void Cancelling_ends_it_with_nothing()
    {
        PendingQuery query = new(User, _map);
        query.Cancel();
        query.Expect(NtStatus.Cancelled, 0);
        Assert.False(new PendingQuery(User, _map).IsOver);
    }

    [Fact]
    public void Cancelling_what_is_over_changes_nothing()
    {
        PendingQuery query = new(User, _map);
        _ring.Write([1]).Expect(EbpfResult.Success);
        query.Cancel();
        query.Expect(NtStatus.Success, 32);
    }

    [Fact]
    public void The_end_of_its_process_cancels_it()
    {
        EbpfUser other = _machine.NewUser();
        NtHandle theirs = other.HandleById(EbpfOperationId.GetMapHandleById, 2).As<GetHandleByIdReply>().Handle;
        Assert.Equal(NtStatus.Pending, new PendingQuery(other, theirs).Sent);
        other.Process.Terminate(NtStatus.Unsuccessful);
        Assert.False(new PendingQuery(User, _map).IsOver);
    }

    [Fact]
    public void The_end_of_the_map_cancels_it()
    {
        PendingQuery query = new(User, _map);
        User.Gate.NtClose(0, _map);
        query.Expect(NtStatus.Cancelled, 0);

        NtHandle perf = User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        PendingQuery[] both = [new(User, perf), new(User, perf, index: 1)];
        User.Close(perf).Expect(EbpfResult.Success);
        Assert.All(both, q => q.Expect(NtStatus.Cancelled, 0));
    }

    [Fact]
    public void A_perf_event_array_s_answer_tells_what_was_lost()
    {
        NtHandle perf = User.NewMap(BpfMapType.PerfEventArray, keySize: 0, maxEntries: 4096).Handle;
        Assert.Equal(EbpfResult.Success, _machine.Driver.ReferenceMap(User.Process, perf, out EbpfMap? map));
        RunProgram(1, context =>
        {
            context.PerfEventOutput(map!, 0xFFFFFFFF, new byte[4088]);
            context.PerfEventOutput(map!, 0xFFFFFFFF, [1]);
            context.PerfEventOutput(map!, 0xFFFFFFFF, [1]);
        });
        map!.Dereference();
        PendingQuery query = new(User, perf, index: 1);
        query.Expect(NtStatus.Success, 32);
        Assert.Equal((4096UL, 2UL), (query.Reply.AsyncQueryResult.Producer, query.Reply.AsyncQueryResult.LostCount));
    }

    [Fact]
    public void Records_and_cancels_that_race_end_each_query_once()
    {
        const int Rounds = 3_000;
        PendingQuery? current = null;
        using Barrier round = new(2);
        int cancelled = 0;
        int answered = 0;
        HostThreads.Run(
            () =>
            {
                for (int i = 0; i < Rounds; i++)
                {
                    current = new PendingQuery(User, _map, consumer: _ring.ConsumerOffset);
                    round.WaitFor("the other side of the round");
                    current.Cancel();
                    round.WaitFor("the other side of the round");
                    current.Wait();
                    if (current.Status == NtStatus.Cancelled)
                    {
                        cancelled++;
                    }
                    else
                    {
                        Assert.Equal(NtStatus.Success, current.Status);
                        answered++;
                    }

                    _ring.Consume();
                    User.Gate.NtClose(0, current.Done);
                }
            },
            () =>
            {
                EbpfUser other = _machine.NewUser();
                NtHandle theirs = other.HandleById(EbpfOperationId.GetMapHandleById, 2).As<GetHandleByIdReply>().Handle;
                TestRing ring = new(other, theirs);
                for (int i = 0; i < Rounds; i++)
                {
                    round.WaitFor("the other side of the round");
                    ring.Write([1, 2, 3]).Expect(EbpfResult.Success);
                    round.WaitFor("the other side of the round");
                }
            });
        Assert.Equal(Rounds, cancelled + answered);
    }

    [Fact]
    public void No_record_is_missed_by_a_reader_that_always_queries()
    {
        const int Records = 20_000;
        EbpfUser other = _machine.NewUser();
        NtHandle theirs = other.HandleById(EbpfOperationId.GetMapHandleById, 2).As<GetHandleByIdReply>().Handle;
        TestRing ring = new(other, theirs);
        HostThreads.Run(
            () =>
            {
                for (int seen = 0; seen < Records;)
                {
                    Answer answer = other.Send(
                        EbpfOperationId.MapAsyncQuery,
                        new MapAsyncQueryRequest { MapHandle = theirs, ConsumerOffset = ring.ConsumerOffset },
                        replyBytes: 32);
                    answer.Expect(EbpfResult.Success);
                    seen += ring.Consume().Count;
                }
            },
            () =>
            {
                for (int i = 0; i < Records;)
                {
                    i += _ring.Write([1, 2, 3]).Status == NtStatus.Success ? 1 : 0;
                }
            });
    }

    private void RunProgram(int cpu, Action<EbpfProgramContext> program) => _machine.Driver.RunProgram(cpu, program);
}
