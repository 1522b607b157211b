using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;

namespace KernelSim.Nt.Tests.Mm;

public sealed unsafe class PoolTests : IDisposable
{
    private static readonly PoolTag s_tag = new("Test");
    private static readonly PoolTag s_other = new("Othr");

    private readonly Machine _machine = Machine.Boot(new MachineOptions { PoolLimit = 64L << 20 });

    private Pool Pool => _machine.Pool;

    public static TheoryData<int> Sizes => [1, 8, 15, 16, 17, 100, 1008, 1009, 4096, 65535, 65536, 131072, 262128, 262129, 1 << 20];

    public void Dispose() => _machine.Dispose();

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_block_is_aligned_zeroed_and_wholly_its_owner_s(int bytes)
    {
        byte* first = Pool.Allocate((nuint)bytes, s_tag);
        byte* second = Pool.Allocate((nuint)bytes, s_tag);
        Assert.True(first != null && second != null);
        Assert.Equal(0u, (nuint)first % 16);
        Assert.Equal(-1, new Span<byte>(first, bytes).IndexOfAnyExcept((byte)0));
        new Span<byte>(first, bytes).Fill(0xAA);
        Assert.Equal(-1, new Span<byte>(second, bytes).IndexOfAnyExcept((byte)0));
        new Span<byte>(second, bytes).Fill(0xBB);
        Assert.Equal(-1, new Span<byte>(first, bytes).IndexOfAnyExcept((byte)0xAA));
        Pool.Free(first, s_tag);
        Pool.Free(second, s_tag);

        byte* again = Pool.Allocate((nuint)bytes, s_tag);
        Assert.Equal(-1, new Span<byte>(again, bytes).IndexOfAnyExcept((byte)0));
        Pool.Free(again, s_tag);
    }

    [Fact]
    public void An_uninitialized_block_has_what_lay_there_before()
    {
        byte* first = Pool.Allocate(64, s_tag);
        new Span<byte>(first, 64).Fill(0xAA);
        Pool.Free(first, s_tag);
        byte* second = Pool.Allocate(64, s_tag, zero: false);
        Assert.True(first == second);
        Assert.Equal(-1, new Span<byte>(second, 64).IndexOfAnyExcept((byte)0xAA));
        Pool.Free(second, s_tag);
    }

    [Fact]
    public void A_large_block_is_zeroed_although_pool_keeps_its_memory_for_a_while()
    {
        for (int i = 0; i < 20; i++)
        {
            nuint bytes = (nuint)(300_000 + (i % 3 * 100_000));
            byte* block = Pool.Allocate(bytes, s_tag);
            Assert.Equal(-1, new Span<byte>(block, (int)bytes).IndexOfAnyExcept((byte)0));
            new Span<byte>(block, (int)bytes).Fill(0xAA);
            Pool.Free(block, s_tag);
        }
    }

    [Fact]
    public void The_memory_of_large_blocks_goes_back_to_the_host()
    {
        const int BlockBytes = 32 << 20;
        const int Blocks = 12;
        using Machine machine = Machine.Boot();
        List<nint> blocks = [];
        for (int i = 0; i < Blocks; i++)
        {
            byte* block = machine.Pool.Allocate(BlockBytes, s_tag);
            new Span<byte>(block, BlockBytes).Fill(1);
            blocks.Add((nint)block);
        }

        long full = Environment.WorkingSet;
        blocks.ForEach(b => machine.Pool.Free((byte*)b, s_tag));

        // Other tests of this process take and return memory too, but not as much.
        Assert.InRange(full - Environment.WorkingSet, BlockBytes * (Blocks / 2), long.MaxValue);
    }

    [Fact]
    public void A_large_uninitialized_block_shows_nothing_of_the_host()
    {
        for (int i = 0; i < 8; i++)
        {
            byte* block = Pool.Allocate(1 << 20, s_tag, zero: false);
            Assert.Equal(-1, new Span<byte>(block, 1 << 20).IndexOfAnyExcept((byte)0, (byte)0xAA));
            new Span<byte>(block, 1 << 20).Fill(0xAA);
            Pool.Free(block, s_tag);
        }
    }

    [Fact]
    public void A_write_to_a_freed_block_does_not_lead_later_allocations_astray()
    {
        byte* freed = Pool.Allocate(64, s_tag);
        Pool.Free(freed, s_tag);
        new Span<byte>(freed, 64).Fill(0x41);
        byte* first = Pool.Allocate(64, s_tag);
        byte* second = Pool.Allocate(64, s_tag);
        Assert.True(first == freed && second != freed && Pool.VirtualAddressOf(second) != 0);
        Pool.Free(first, s_tag);
        Pool.Free(second, s_tag);
    }

    [Theory]
    [InlineData(-16)]
    [InlineData(-8)]
    [InlineData(-1)]
    public void An_overrun_into_a_freed_block_s_header_stops_the_machine_when_the_block_is_next_used(int at)
    {
        byte* freed = Pool.Allocate(64, s_tag);
        ulong address = Pool.VirtualAddressOf(freed);
        Pool.Free(freed, s_tag);
        if (at == -16)
        {
            new Span<byte>(freed - 16, 16).Fill(0x41);
        }
        else
        {
            freed[at] ^= 0x10;
        }

        BugcheckRecord stop = Stop.By(_machine, () => Pool.Allocate(64, s_tag));
        Assert.Equal(BugcheckCode.BadPoolHeader, stop.Code);
        Assert.Equal(address - 16, stop.Parameters[1]);
    }

    [Fact]
    public void What_is_in_use_is_counted_by_tag()
    {
        byte* a = Pool.Allocate(100, s_tag);
        byte* b = Pool.Allocate(1_000_000, s_tag);
        byte* c = Pool.Allocate(7, s_other);
        Assert.Equal((1_000_100, 2), Pool.Usage(s_tag));
        Assert.Equal((7, 1), Pool.Usage(s_other));
        Assert.Equal(1_000_107, Pool.BytesInUse);
        Assert.Equal([s_other, s_tag], Pool.TagsInUse);
        Pool.Free(a, s_tag);
        Pool.Free(b, s_tag);
        Pool.Free(c, s_other);
        Assert.Equal((0, 0), Pool.Usage(s_tag));
        Assert.Equal(0, Pool.BytesInUse);
        Assert.Empty(Pool.TagsInUse);
    }

    [Fact]
    public void Beyond_the_limit_an_allocation_fails_and_counts_for_nothing()
    {
        byte* most = Pool.Allocate((64 << 20) - 10, s_tag);
        Assert.True(most != null);
        Assert.True(Pool.Allocate(11, s_tag) == null);
        byte* rest = Pool.Allocate(10, s_tag);
        Assert.True(rest != null);
        Assert.True(Pool.Allocate(nuint.MaxValue, s_tag) == null);
        Assert.Equal((64 << 20, 2), Pool.Usage(s_tag));
        Pool.Free(most, s_tag);
        Pool.Free(rest, s_tag);
    }

    [Theory]
    [InlineData(0x00, "no bytes")]
    [InlineData(0x9B, "no tag")]
    [InlineData(0x46, "free of null")]
    [InlineData(0x46, "free of a wild pointer")]
    [InlineData(0x46, "free inside a block")]
    [InlineData(0x46, "free inside a block, misaligned")]
    [InlineData(0x0A, "wrong tag")]
    [InlineData(0x07, "free twice")]
    [InlineData(0x46, "free a large one twice")]
    public void Misuse_stops_the_machine_with_the_code_for_it(int subCode, string misuse)
    {
        byte* block = Pool.Allocate(100, s_tag);
        byte* large = Pool.Allocate(1 << 20, s_tag);
        byte outside = 0;
        nint stack = (nint)(&outside);
        BugcheckRecord stop = Stop.By(_machine, () =>
        {
            switch (misuse)
            {
                case "no bytes":
                    Pool.Allocate(0, s_tag);
                    break;
                case "no tag":
                    Pool.Allocate(10, default);
                    break;
                case "free of null":
                    Pool.Free(null, s_tag);
                    break;
                case "free of a wild pointer":
                    Pool.Free((byte*)(stack & ~15), s_tag);
                    break;
                case "free inside a block":
                    Pool.Free(block + 16, s_tag);
                    break;
                case "free inside a block, misaligned":
                    Pool.Free(block + 1, s_tag);
                    break;
                case "wrong tag":
                    Pool.Free(block, s_other);
                    break;
                case "free twice":
                    Pool.Free(block, s_tag);
                    Pool.Free(block, s_tag);
                    break;
                default:
                    Pool.Free(large, s_tag);
                    Pool.Free(large, s_tag);
                    break;
            }
        });
        Assert.Equal(BugcheckCode.BadPoolCaller, stop.Code);
        Assert.Equal((ulong)subCode, stop.Parameters[0]);
    }

    [Fact]
    public void A_system_buffer_s_memory_is_used_again()
    {
        byte* first = Pool.Allocate(65535, s_tag);
        Pool.Free(first, s_tag);
        byte* second = Pool.Allocate(65530, s_tag);
        Assert.True(first == second);
        Pool.Free(second, s_tag);
    }

    [Fact]
    public void Simulated_addresses_are_kernel_addresses_and_the_same_in_every_run()
    {
        using Machine other = Machine.Boot();
        Assert.Equal(AddressesOfARun(_machine.Pool), AddressesOfARun(other.Pool));
        byte outside = 0;
        Assert.Equal(0ul, Pool.VirtualAddressOf(&outside));
    }

    [Fact]
    public void Threads_that_allocate_and_free_at_once_leave_nothing_behind()
    {
        HostThread[] threads = [.. Enumerable.Range(1, 3).Select(seed => HostThread.Run(() =>
        {
            Random random = new(seed);
            byte*[] blocks = new byte*[64];
            for (int i = 0; i < 20_000; i++)
            {
                ref byte* block = ref blocks[random.Next(blocks.Length)];
                if (block != null)
                {
                    Assert.Equal((byte)seed, *block);
                    Pool.Free(block, s_tag);
                    block = null;
                }
                else
                {
                    block = Pool.Allocate((nuint)random.Next(1, 3000), s_tag);
                    *block = (byte)seed;
                }
            }

            foreach (byte* block in blocks)
            {
                if (block != null)
                {
                    Pool.Free(block, s_tag);
                }
            }
        }))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal((0, 0), Pool.Usage(s_tag));
    }

    [Fact]
    public void After_threads_on_all_processors_have_freed_each_other_s_blocks_the_totals_are_exact()
    {
        const int Threads = 4;
        const int Rounds = 20_000;
        nint[] slots = new nint[64];
        long kept = 0;
        HostThread[] threads = [.. Enumerable.Range(0, Threads).Select(seed => HostThread.Run(() =>
        {
            using KernelScope scope = _machine.EnterKernel(null, seed % _machine.Options.Processors);
            Random random = new(seed);
            for (int i = 0; i < Rounds; i++)
            {
                byte* block = Pool.Allocate((nuint)random.Next(1, 3000), s_tag);
                byte* other = (byte*)Interlocked.Exchange(ref slots[random.Next(slots.Length)], (nint)block);
                if (other != null)
                {
                    Pool.Free(other, s_tag);
                }
            }

            byte* mine = Pool.Allocate(1000 + (nuint)seed, s_other);
            Interlocked.Add(ref kept, 1000 + seed);
            Assert.True(mine != null);
        }))];
        Array.ForEach(threads, t => t.Join());
        Assert.Equal((kept, Threads), Pool.Usage(s_other));
        Assert.Equal(slots.Count(s => s != 0), Pool.Usage(s_tag).Blocks);
        Assert.Equal(kept + Pool.Usage(s_tag).Bytes, Pool.BytesInUse);
        foreach (nint slot in slots)
        {
            if (slot != 0)
            {
                Pool.Free((byte*)slot, s_tag);
            }
        }

        Assert.Equal((0, 0), Pool.Usage(s_tag));
        Assert.Equal(kept, Pool.BytesInUse);
        Assert.Equal([s_other], Pool.TagsInUse);
    }

    [Fact]
    public void The_limit_refuses_exactly_what_does_not_fit_whatever_other_processors_have_freed()
    {
        const int Limit = 64 << 20;
        long left = Limit;
        for (int processor = 0; processor < _machine.Options.Processors; processor++)
        {
            _machine.RunOnProcessor(processor, Irql.Passive, _ =>
            {
                // Leaves the processor with something of the limit that it does not use.
                Pool.Free(Pool.Allocate(100, s_tag), s_tag);
                Assert.True(Pool.Allocate(1, s_tag) != null);
                left--;
            });
        }

        Assert.Equal(left, Pool.BytesLeft);
        Assert.True(Pool.Allocate((nuint)left + 1, s_tag) == null);
        Assert.Equal(left, Pool.BytesLeft);
        byte* rest = Pool.Allocate((nuint)left, s_tag);
        Assert.True(rest != null);
        Assert.Equal(0, Pool.BytesLeft);
        _machine.RunOnProcessor(1, Irql.Passive, _ => Assert.True(Pool.Allocate(1, s_tag) == null));
        Pool.Free(rest, s_tag);
        _machine.RunOnProcessor(1, Irql.Passive, _ => Assert.True(Pool.Allocate((nuint)left, s_tag) != null));
    }

    [Fact]
    public void Threads_at_the_limit_get_all_of_it_and_no_more()
    {
        const int Block = 100_000;
        HostThread[] threads = new HostThread[3];
        long[] got = new long[threads.Length];
        for (int i = 0; i < threads.Length; i++)
        {
            int number = i;
            threads[i] = HostThread.Run(() =>
            {
                using KernelScope scope = _machine.EnterKernel(null, number);
                while (Pool.Allocate(Block, s_tag) != null)
                {
                    got[number]++;
                }
            });
        }

        Array.ForEach(threads, t => t.Join());
        Assert.Equal((64 << 20) / Block, got.Sum());
        Assert.Equal(got.Sum() * Block, Pool.BytesInUse);
    }

    [Fact]
    public void Small_fresh_blocks_of_two_processors_lie_on_different_cache_lines()
    {
        const int Bytes = 24;
        HashSet<nint>[] lines = [[], []];
        for (int i = 0; i < 200; i++)
        {
            _machine.RunOnProcessor(i % 2, Irql.Passive, current =>
            {
                nint block = (nint)Pool.Allocate(Bytes, s_tag);
                for (nint at = block - 16; at < block + Bytes; at += 8)
                {
                    lines[current.ProcessorNumber].Add(at / 64);
                }
            });
        }

        Assert.Empty(lines[0].Intersect(lines[1]));
    }

    [Fact]
    public void What_one_processor_frees_serves_another()
    {
        HashSet<nint> seen = [];
        for (int round = 0; round < 100; round++)
        {
            nint[] blocks = new nint[200];
            _machine.RunOnProcessor(0, Irql.Passive, _ =>
            {
                for (int i = 0; i < blocks.Length; i++)
                {
                    blocks[i] = (nint)Pool.Allocate(64, s_tag);
                    seen.Add(blocks[i]);
                }
            });
            _machine.RunOnProcessor(1, Irql.Passive, _ => Array.ForEach(blocks, b => Pool.Free((byte*)b, s_tag)));
        }

        Assert.InRange(seen.Count, 200, 400);
    }

    [Fact]
    public void What_is_not_freed_is_reported_at_shutdown_by_tag()
    {
        Pool.Allocate(100, s_tag);
        Pool.Allocate(28, s_tag);
        Pool.Allocate(1, s_other);
        Assert.Equal(["pool 'Othr': 1 blocks, 1 bytes", "pool 'Test': 2 blocks, 128 bytes"], _machine.Shutdown().Leaks);
    }

    [Theory]
    [InlineData("Abc")]
    [InlineData("Abcde")]
    [InlineData("Abc\n")]
    public void A_tag_has_four_printable_characters(string text) => Assert.Throws<ArgumentException>(() => new PoolTag(text));

    [Fact]
    public void A_tag_reads_as_it_was_written() => Assert.Equal("IoSB", new PoolTag("IoSB").ToString());

    private static List<ulong> AddressesOfARun(Pool pool)
    {
        List<ulong> addresses = [];
        List<nint> blocks = [];
        foreach (nuint bytes in (nuint[])[16, 16, 5000, 1 << 20, 100, 300_000, 16])
        {
            byte* block = pool.Allocate(bytes, s_tag);
            ulong address = pool.VirtualAddressOf(block);
            Assert.True(address >= 0xFFFF_8000_0000_0000);
            Assert.Equal(address + bytes - 1, pool.VirtualAddressOf(block + bytes - 1));
            addresses.Add(address);
            blocks.Add((nint)block);
        }

        blocks.ForEach(b => pool.Free((byte*)b, s_tag));
        return addresses;
    }
}
