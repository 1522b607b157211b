using KernelSim.Nt.Mm;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Tests.Mm;

public sealed class UserAddressSpaceTests : IDisposable
{
    private const uint Page = 4096;

    private readonly Machine _machine = Machine.Boot();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData(HeapMode.Guarded, 0x0000_0200_0000_0000)]
    [InlineData(HeapMode.Packed, 0x0000_0100_0000_0000)]
    public void Addresses_are_readable_and_the_same_in_every_run(HeapMode mode, ulong from)
    {
        ulong[] first = Run(NewMemory(mode));
        Assert.Equal<IEnumerable<ulong>>(first, Run(NewMemory(mode)));
        Assert.All(first, a => Assert.InRange(a, from, from + 0xFF_FFFF_FFFF));

        static ulong[] Run(UserAddressSpace memory)
        {
            ulong a = memory.Allocate(10);
            ulong b = memory.Allocate(5000);
            memory.Free(a);
            return [a, b, memory.Allocate(8), memory.Allocate(2_000_000)];
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(4095)]
    [InlineData(4096)]
    [InlineData(4097)]
    [InlineData(100_000)]
    public void A_guarded_block_ends_where_the_next_byte_faults(uint length)
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong block = memory.Allocate(length);
        Assert.Equal(0ul, (block + length) % Page);
        Span<byte> bytes = memory.Access(block, length, MemoryAccess.Write, "test");
        Assert.Equal(-1, bytes.IndexOfAnyExcept((byte)0));
        bytes.Fill(0x5A);
        Assert.Equal(-1, memory.Access(block, length, MemoryAccess.Read, "test").IndexOfAnyExcept((byte)0x5A));
        Assert.Equal((int)length, bytes.Length);

        Assert.Equal(block + length, Violation(memory, block, length + 1).Address);
        Assert.Equal(block + length, Violation(memory, block + length, 1).Address);
        Assert.Equal(block - 1, Violation(memory, block - 1, 2).Address);
    }

    [Fact]
    public void A_violation_names_access_first_bad_byte_whole_range_and_site()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong block = memory.Allocate(64);
        AccessViolationFault fault = Assert.Throws<AccessViolationFault>(
            () => { memory.Access(block + 60, 16, MemoryAccess.Write, "library:test"); });
        Assert.Equal(new AccessViolation(MemoryAccess.Write, block + 64, block + 60, 16, "library:test"), fault.Violation);
        Assert.False(memory.TryAccess(block + 60, 16, MemoryAccess.Write, "library:test", out Span<byte> none, out AccessViolation same));
        Assert.Equal(fault.Violation, same);
        Assert.True(none.IsEmpty);
    }

    [Theory]
    [InlineData(0ul, 1u)]
    [InlineData(0ul, uint.MaxValue)]
    [InlineData(16ul, 8u)]
    [InlineData(ulong.MaxValue, 1u)]
    [InlineData(ulong.MaxValue, 16u)]
    [InlineData(0xFFFF_8000_0000_0000, 8u)]
    public void Null_kernel_space_and_ranges_that_wrap_fault(ulong address, uint length)
    {
        UserAddressSpace memory = NewMemory(HeapMode.Packed);
        memory.Allocate(16);
        Assert.Equal(address, Violation(memory, address, length).Address);
    }

    [Fact]
    public void A_length_that_wraps_the_address_faults_at_the_end_of_the_block()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong block = memory.Allocate(100);
        Assert.Equal(block + 100, Violation(memory, block + 10, uint.MaxValue).Address);
    }

    [Theory]
    [InlineData(0ul)]
    [InlineData(ulong.MaxValue)]
    public void No_bytes_may_be_accessed_anywhere(ulong address)
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        Assert.True(memory.Access(address, 0, MemoryAccess.Write, "test").IsEmpty);
    }

    [Fact]
    public void A_guarded_block_that_was_freed_faults_for_ever()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong block = memory.Allocate(32);
        memory.Access(block, 32, MemoryAccess.Write, "test").Fill(1);
        memory.Free(block);
        Assert.Equal(block, Violation(memory, block, 1).Address);
        for (int i = 0; i < 100; i++)
        {
            Assert.NotEqual(block, memory.Allocate(32));
        }

        Assert.Equal(block, Violation(memory, block, 1).Address);
    }

    [Theory]
    [InlineData(HeapMode.Guarded)]
    [InlineData(HeapMode.Packed)]
    public void A_block_of_no_bytes_has_an_address_of_its_own(HeapMode mode)
    {
        UserAddressSpace memory = NewMemory(mode);
        ulong a = memory.Allocate(0);
        ulong b = memory.Allocate(0);
        Assert.NotEqual(0ul, a);
        Assert.NotEqual(a, b);
        Assert.True(memory.TryGetHeapBlock(a, out UserRange block));
        Assert.Equal(new UserRange(a, 0), block);
        memory.Free(a);
        memory.Free(b);
        Assert.False(memory.TryGetHeapBlock(a, out _));
    }

    [Theory]
    [InlineData(HeapMode.Guarded)]
    [InlineData(HeapMode.Packed)]
    public void A_block_is_known_as_one_until_it_is_freed_whatever_was_read_of_it_and_protected(HeapMode mode)
    {
        UserAddressSpace memory = NewMemory(mode);
        ulong block = memory.Allocate(24);
        memory.Access(block, 24, MemoryAccess.Write, "test");
        Assert.True(memory.TryGetHeapBlock(block + 8, out UserRange found));
        Assert.Equal(new UserRange(block, 24), found);
        Assert.True(memory.Protect(block, 24, PageProtection.NoAccess));
        Assert.True(memory.TryGetHeapBlock(block + 8, out found));
        Assert.Equal(new UserRange(block, 24), found);
        Assert.True(memory.Protect(block, 24, PageProtection.ReadWrite));
        memory.Access(block, 24, MemoryAccess.Read, "test");
        memory.Free(block);
        Assert.False(memory.TryGetHeapBlock(block + 8, out _));
        Assert.Equal(mode == HeapMode.Packed, memory.TryAccess(block, 1, MemoryAccess.Read, "test", out _, out _));
    }

    [Fact]
    public void Packed_blocks_lie_side_by_side_so_that_an_overrun_reaches_the_neighbour()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Packed);
        ulong a = memory.Allocate(16);
        ulong b = memory.Allocate(20);
        ulong c = memory.Allocate(1);
        Assert.Equal(a + 16, b);
        Assert.Equal(b + 32, c);
        memory.Access(a, 17, MemoryAccess.Write, "test").Fill(0xEE);
        Assert.Equal(0xEE, memory.Access(b, 1, MemoryAccess.Read, "test")[0]);
    }

    [Fact]
    public void A_packed_block_has_what_lay_there_before()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Packed);
        ulong a = memory.Allocate(64);
        memory.Access(a, 64, MemoryAccess.Write, "test").Fill(0xEE);
        memory.Free(a);
        Assert.Equal(a, memory.Allocate(64));
        Assert.Equal(0xEE, memory.Access(a, 64, MemoryAccess.Read, "test")[63]);
    }

    [Fact]
    public void Freed_packed_neighbours_become_one_again_whatever_the_order()
    {
        foreach (int[] order in (int[][])[[0, 1, 2], [2, 1, 0], [0, 2, 1], [1, 0, 2]])
        {
            UserAddressSpace memory = NewMemory(HeapMode.Packed);
            ulong[] blocks = [memory.Allocate(16), memory.Allocate(16), memory.Allocate(16)];
            memory.Allocate(16);
            Array.ForEach(order, i => memory.Free(blocks[i]));
            Assert.Equal(blocks[0], memory.Allocate(48));
        }
    }

    [Fact]
    public void An_overrun_past_the_end_of_a_packed_segment_faults()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Packed);
        ulong block = memory.Allocate(1024 * 1024 - 16);
        ulong last = memory.Allocate(16);
        ulong next = memory.Allocate(16);
        Assert.Equal(block + 1024 * 1024, Violation(memory, last, 17).Address);
        Assert.True(next > last + 16);
    }

    [Fact]
    public void A_packed_block_larger_than_a_segment_has_one_of_its_own()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Packed);
        ulong block = memory.Allocate(3_000_000);
        Assert.Equal(3_000_000, memory.Access(block, 3_000_000, MemoryAccess.Write, "test").Length);
    }

    [Theory]
    [InlineData(HeapMode.Guarded)]
    [InlineData(HeapMode.Packed)]
    public void The_heap_block_around_an_address_is_what_was_asked_for(HeapMode mode)
    {
        UserAddressSpace memory = NewMemory(mode);
        Assert.Equal(mode, memory.HeapMode);
        ulong a = memory.Allocate(10);
        ulong b = memory.Allocate(20);
        Assert.True(memory.TryGetHeapBlock(a + 9, out UserRange block));
        Assert.Equal(new UserRange(a, 10), block);
        Assert.False(memory.TryGetHeapBlock(a + 10, out _));
        Assert.True(memory.TryGetHeapBlock(b, out block));
        Assert.Equal(new UserRange(b, 20), block);
        Assert.False(memory.TryGetHeapBlock(0, out _));
        memory.Free(b);
        Assert.False(memory.TryGetHeapBlock(b, out _));
    }

    [Theory]
    [InlineData(HeapMode.Guarded, 4)]
    [InlineData(HeapMode.Packed, 4)]
    [InlineData(HeapMode.Packed, 16)]
    [InlineData(HeapMode.Guarded, -4096)]
    public void Freeing_what_is_no_block_ends_the_process_at_heap_free(HeapMode mode, int offset)
    {
        PsProcess process = _machine.Processes.Create(new ProcessOptions { Heap = mode });
        ulong block = process.Memory.Allocate(16);
        ulong wrong = block + (ulong)offset;
        ProcessExitedException exit = Assert.Throws<ProcessExitedException>(() => process.Memory.Free(wrong));
        Assert.Equal(process.Id, exit.ProcessId);
        Assert.True(process.HasExited);
        Assert.Equal("heap:free", process.Fault!.Value.Site);
        Assert.Equal(wrong, process.Fault.Value.Address);
        Assert.Equal(new NtStatus(0xC0000374), process.ExitStatus);
    }

    [Theory]
    [InlineData(HeapMode.Guarded)]
    [InlineData(HeapMode.Packed)]
    public void Freeing_twice_ends_the_process(HeapMode mode)
    {
        PsProcess process = _machine.Processes.Create(new ProcessOptions { Heap = mode });
        ulong block = process.Memory.Allocate(16);
        process.Memory.Free(block);
        Assert.Throws<ProcessExitedException>(() => process.Memory.Free(block));
    }

    [Fact]
    public void Freeing_null_does_nothing() => NewMemory(HeapMode.Guarded).Free(0);

    [Fact]
    public void Regions_keep_their_protection_by_page()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong region = memory.AllocateRegion(3 * Page - 100, PageProtection.ReadWrite);
        Assert.Equal(0ul, region % Page);
        memory.Access(region, 3 * Page, MemoryAccess.Write, "test").Fill(1);

        Assert.True(memory.Protect(region + Page + 5, 1, PageProtection.ReadOnly));
        Assert.Equal(3 * (int)Page, memory.Access(region, 3 * Page, MemoryAccess.Read, "test").Length);
        Assert.Equal(region + Page, Violation(memory, region, 3 * Page, MemoryAccess.Write).Address);
        Assert.Equal((int)Page, memory.Access(region + (2 * Page), Page, MemoryAccess.Write, "test").Length);

        Assert.True(memory.Protect(region + (2 * Page), Page, PageProtection.NoAccess));
        Assert.Equal(region + (2 * Page), Violation(memory, region + Page, Page + 1).Address);

        Assert.True(memory.Protect(region, 3 * Page, PageProtection.ReadWrite));
        Assert.Equal(1, memory.Access(region, 3 * Page, MemoryAccess.Write, "test")[(int)Page]);
    }

    [Fact]
    public void A_region_born_without_access_faults_until_it_is_given_some()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong region = memory.AllocateRegion(Page, PageProtection.NoAccess);
        Assert.Equal(region, Violation(memory, region, 1).Address);
        memory.Protect(region, Page, PageProtection.ReadOnly);
        Assert.Equal(0, memory.Access(region, 1, MemoryAccess.Read, "test")[0]);
        Assert.Equal(region, Violation(memory, region, 1, MemoryAccess.Write).Address);
    }

    [Fact]
    public void Regions_never_touch_and_are_released_by_their_start()
    {
        UserAddressSpace memory = NewMemory(HeapMode.Guarded);
        ulong a = memory.AllocateRegion(Page, PageProtection.ReadWrite);
        ulong b = memory.AllocateRegion(Page, PageProtection.ReadWrite);
        Assert.True(b > a + Page);
        Assert.Equal(a + Page, Violation(memory, a, Page + 1).Address);
        Assert.False(memory.FreeRegion(a + 1));
        Assert.False(memory.FreeRegion(memory.Allocate(16)));
        Assert.True(memory.FreeRegion(a));
        Assert.False(memory.FreeRegion(a));
        Assert.Equal(a, Violation(memory, a, 1).Address);
        Assert.False(memory.Protect(a, Page, PageProtection.ReadWrite));
        Assert.False(memory.Protect(b, (2 * Page), PageProtection.ReadWrite));
    }

    [Fact]
    public void A_span_stays_valid_while_its_call_lasts_even_if_another_thread_frees_the_block()
    {
        PsProcess process = _machine.Processes.Create();
        ulong block = process.Memory.Allocate(64);
        Assert.True(process.Gate.BeginCall(out ulong request));
        Span<byte> bytes = process.Memory.Access(block, 64, MemoryAccess.Write, "test");
        HostThread.Run(() =>
        {
            Assert.True(process.Gate.BeginCall(out ulong other));
            process.Memory.Free(block);
            process.Gate.EndCall(other);
        }).Join();
        bytes.Fill(7);
        Assert.Equal(7, bytes[63]);
        Assert.Equal(block, Violation(process.Memory, block, 1).Address);
        process.Gate.EndCall(request);
    }

    [Fact]
    public void Threads_of_one_process_use_its_heap_at_once()
    {
        foreach (HeapMode mode in Enum.GetValues<HeapMode>())
        {
            UserAddressSpace memory = NewMemory(mode);
            HostThread[] threads = [.. Enumerable.Range(1, 3).Select(seed => HostThread.Run(() =>
            {
                Random random = new(seed);
                Queue<UserRange> mine = new();
                for (int i = 0; i < 2_000; i++)
                {
                    uint length = (uint)random.Next(1, 300);
                    UserRange block = new(memory.Allocate(length), length);
                    memory.Access(block.Address, length, MemoryAccess.Write, "test").Fill((byte)seed);
                    mine.Enqueue(block);
                    if (mine.Count > 20)
                    {
                        UserRange old = mine.Dequeue();
                        Assert.Equal(-1, memory.Access(old.Address, old.Length, MemoryAccess.Read, "test").IndexOfAnyExcept((byte)seed));
                        memory.Free(old.Address);
                    }
                }
            }))];
            Array.ForEach(threads, t => t.Join());
        }
    }

    private static AccessViolation Violation(
        UserAddressSpace memory, ulong address, uint length, MemoryAccess access = MemoryAccess.Read)
    {
        Assert.False(memory.TryAccess(address, length, access, "test", out _, out AccessViolation violation));
        Assert.Equal((address, length, access), (violation.Start, violation.Length, violation.Access));
        return violation;
    }

    private UserAddressSpace NewMemory(HeapMode mode) => _machine.Processes.Create(new ProcessOptions { Heap = mode }).Memory;
}
