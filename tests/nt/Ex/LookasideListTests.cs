using System.Collections.Concurrent;
using KernelSim.Nt.Ex;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;

namespace KernelSim.Nt.Tests.Ex;

public sealed unsafe class LookasideListTests : IDisposable
{
    private static readonly PoolTag s_tag = new("Look");

    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = 2 });

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(1, 8, 8)]
    [InlineData(8, 8, 8)]
    [InlineData(24, 24, 8)]
    [InlineData(30, 32, 16)]
    [InlineData(4096, 4096, 16)]
    [InlineData(20_000, 20_000, 16)]
    public void Blocks_allocated_in_sequence_lie_side_by_side(uint asked, uint given, uint alignment)
    {
        using LookasideList list = new(_machine, s_tag, asked);
        Assert.Equal(given, list.BlockBytes);
        _machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            byte* before = list.Allocate(current);
            for (int i = 0; i < 10; i++)
            {
                byte* next = list.Allocate(current);
                Assert.Equal(0u, (nuint)next % alignment);
                Assert.Equal((nint)given, next - before);
                before = next;
            }
        });
    }

    [Fact]
    public void A_freed_block_is_the_next_one_allocated()
    {
        using LookasideList list = new(_machine, s_tag, 64);
        _machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            byte* a = list.Allocate(current);
            byte* b = list.Allocate(current);
            list.Free(current, a);
            list.Free(current, b);
            Assert.True(list.Allocate(current) == b);
            Assert.True(list.Allocate(current) == a);
        });
    }

    [Fact]
    public void Blocks_never_overlap_however_they_are_freed_and_on_which_processor()
    {
        using LookasideList list = new(_machine, s_tag, 40);
        Random random = new(3);
        Dictionary<nint, int> live = [];
        for (int round = 0; round < 400; round++)
        {
            _machine.RunOnProcessor(round % 2, Irql.Dispatch, current =>
            {
                for (int i = 0; i < 200; i++)
                {
                    if (random.Next(5) < 3)
                    {
                        byte* block = list.Allocate(current);
                        Assert.True(live.TryAdd((nint)block, round));
                        new Span<int>(block, 10).Fill(round);
                    }
                    else if (live.Count > 0)
                    {
                        (nint block, int stamp) = live.ElementAt(random.Next(Math.Min(live.Count, 50)));
                        Assert.Equal(-1, new Span<int>((void*)block, 10).IndexOfAnyExcept(stamp));
                        live.Remove(block);
                        list.Free(current, (byte*)block);
                    }
                }
            });
        }

        Assert.Equal(live.Count, list.Outstanding);
    }

    [Fact]
    public void Memory_freed_on_one_processor_gets_back_to_another_that_allocates()
    {
        using LookasideList list = new(_machine, s_tag, 64);
        Queue<nint> passed = new();
        long inUse = 0;
        for (int round = 0; round < 50; round++)
        {
            _machine.RunOnProcessor(0, Irql.Dispatch, current =>
            {
                for (int i = 0; i < 4000; i++)
                {
                    passed.Enqueue((nint)list.Allocate(current));
                }
            });
            _machine.RunOnProcessor(1, Irql.Dispatch, current =>
            {
                while (passed.TryDequeue(out nint block))
                {
                    list.Free(current, (byte*)block);
                }
            });
            inUse = round == 2 ? _machine.Pool.Usage(s_tag).Bytes : inUse;
        }

        Assert.Equal(0, list.Outstanding);
        Assert.Equal(inUse, _machine.Pool.Usage(s_tag).Bytes);
    }

    [Fact]
    public void Processors_that_allocate_and_free_each_other_s_blocks_at_once_never_share_one()
    {
        const int Rounds = 300;
        using LookasideList list = new(_machine, s_tag, 16);
        ConcurrentQueue<nint>[] passed = [new(), new()];
        HostThread[] threads = [.. Enumerable.Range(0, 2).Select(cpu => HostThread.Run(() => _machine.RunOnProcessor(cpu, Irql.Passive, current =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                using IrqlScope raised = current.RaiseIrql(Irql.Dispatch);
                for (int i = 0; i < 600; i++)
                {
                    byte* block = list.Allocate(current);
                    *(long*)(block + 8) = (nint)block;
                    passed[1 - cpu].Enqueue((nint)block);
                }

                while (passed[cpu].TryDequeue(out nint block))
                {
                    Assert.Equal(block, *(long*)(block + 8));
                    *(long*)(block + 8) = 0;
                    list.Free(current, (byte*)block);
                }
            }
        })))];
        Array.ForEach(threads, t => t.Join());
        HashSet<nint> left = [.. passed[0], .. passed[1]];
        Assert.Equal(left.Count, passed[0].Count + passed[1].Count);
        Assert.Equal(left.Count, list.Outstanding);
    }

    [Fact]
    public void The_slabs_of_a_long_list_grow_and_at_most_a_third_of_it_is_waste()
    {
        using LookasideList list = new(_machine, s_tag, 64);
        _machine.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            for (long i = 1; i <= 500_000; i++)
            {
                list.Allocate(current);
                Assert.InRange(_machine.Pool.Usage(s_tag).Bytes, i * 64, (i * 64 * 4 / 3) + 65_536);
            }
        });
        Assert.InRange(_machine.Pool.Usage(s_tag).Blocks, 1, 50);
    }

    [Fact]
    public void When_pool_refuses_a_large_slab_a_small_one_will_do()
    {
        using Machine small = Machine.Boot(new MachineOptions { PoolLimit = 4_000_000 });
        using LookasideList list = new(small, s_tag, 1000);
        small.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            while (list.Allocate(current) != null)
            {
            }
        });
        Assert.InRange(small.Pool.BytesLeft, 0, 65_535);
    }

    [Fact]
    public void When_pool_refuses_there_is_no_block()
    {
        using Machine small = Machine.Boot(new MachineOptions { PoolLimit = 100_000 });
        using LookasideList list = new(small, s_tag, 1000);
        int got = 0;
        small.RunOnProcessor(0, Irql.Dispatch, current =>
        {
            while (list.Allocate(current) != null)
            {
                got++;
            }

            Assert.True(list.Allocate(current) == null);
        });
        Assert.Equal(got, list.Outstanding);
        Assert.InRange(got, 60, 100);
    }

    [Fact]
    public void Deleting_it_gives_every_slab_back_blocks_that_are_out_included()
    {
        LookasideList list = new(_machine, s_tag, 128);
        _machine.RunOnProcessor(1, Irql.Dispatch, current =>
        {
            for (int i = 0; i < 5000; i++)
            {
                list.Allocate(current);
            }
        });
        Assert.NotEqual(0, _machine.Pool.Usage(s_tag).Bytes);
        list.Dispose();
        list.Dispose();
        Assert.Equal((0, 0), _machine.Pool.Usage(s_tag));
        Assert.Equal([], _machine.Shutdown().Leaks);
    }

    [Fact]
    public void One_that_is_not_deleted_is_reported_at_shutdown()
    {
        LookasideList list = new(_machine, s_tag, 128);
        _machine.RunOnProcessor(0, Irql.Dispatch, current => list.Allocate(current));
        Assert.Equal(
            ["lookaside 'Look': not deleted, 1 blocks of 128 bytes out", $"pool 'Look': 1 blocks, {65_520} bytes"],
            _machine.Shutdown().Leaks);
    }

    [Fact]
    public void Below_dispatch_level_it_stops_the_machine()
    {
        using LookasideList list = new(_machine, s_tag, 128);
        BugcheckRecord stop = Stop.By(_machine, () => _machine.RunOnProcessor(0, Irql.Passive, current => list.Allocate(current)));
        Assert.Equal(BugcheckCode.IrqlNotLessOrEqual, stop.Code);
    }
}
