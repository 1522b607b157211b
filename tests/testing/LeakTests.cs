using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Protocol;
using KernelSim.Samples.Echo;
using KernelSim.UserMode;

namespace KernelSim.Testing.Tests;

/// <summary>What the end of a machine finds.</summary>
public sealed class LeakTests
{
    private static readonly KernelTestOptions s_verbose = new() { Trace = TraceDetail.Verbose };

    [Fact]
    public void Nothing_is_left_by_what_the_machine_opened_itself()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        _ = watched.Bpf;
        _ = watched.Network;
        _ = watched.OpenLibrary(LibraryVersion.Upstream);
        watched.OpenSession().Synchronize();

        Assert.Empty(watched.Close());
    }

    [Fact]
    public void A_map_is_named_with_its_handles_and_the_call()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        watched.Bpf.CreatePerCpuHashMap<uint, ulong>("stats", maxEntries: 16);

        Leak leak = Assert.Single(watched.Close());
        Assert.Equal(LeakKind.Object, leak.Kind);
        Assert.Equal("map 'stats' (percpu_hash, id 2, 16 entries of 32 bytes): an open handle in process 8", leak.What);
        Assert.StartsWith("bpf_map_create() (request ", leak.MadeBy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_map_that_only_a_pin_keeps_is_named()
    {
        using WatchedMachine watched = WatchedMachine.Boot(new KernelTestOptions { Leaks = LeakPolicy.Kernel });
        Libbpf library = watched.OpenLibrary();
        int map = library.bpf_map_create(BpfMapType.Hash, "pinned", 4, 8, 16);
        Assert.Equal(0, library.bpf_obj_pin(map, "here"));

        Assert.Equal("map 'pinned' (hash, id 2, 16 entries of 8 bytes): still pinned", Assert.Single(watched.Close()).What);
    }

    [Fact]
    public void A_map_that_only_a_reference_keeps_is_named()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        using (watched.Bpf.CreateHashMap<uint, ulong>("referenced", maxEntries: 8))
        {
            Assert.Equal(EbpfResult.Success, watched.Ebpf.ReferenceMap(watched.Ebpf.ListObjects()[0].Id, out _));
        }

        Assert.Contains(watched.Close(), l => l.What == "map 'referenced' (hash, id 2, 8 entries of 8 bytes): still referenced");
    }

    [Fact]
    public void Handles_and_pending_requests_are_named()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        watched.LoadDriver(new EchoDriver());
        TestDevice device = watched.OpenDevice(EchoDevice.Win32Name);
        device.Begin(EchoDevice.EchoLater, [1, 2, 3, 4], replyBytes: 4);

        IReadOnlyList<Leak> leaks = watched.Close();
        Assert.Contains(leaks, l => l.Kind == LeakKind.Handle && l.What.EndsWith(@": file of '\Device\Echo'", StringComparison.Ordinal));
        Assert.Contains(leaks, l => l.Kind == LeakKind.Handle && l.What.EndsWith(": Event", StringComparison.Ordinal));
        Leak request = Assert.Single(leaks, l => l.Kind == LeakKind.Request);
        Assert.Equal("driver 'Echo' holds 1 request that it has not completed", request.What);
        Assert.StartsWith("control request ", request.MadeBy, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_end_of_a_process_closes_is_no_leak_of_the_kernel()
    {
        using WatchedMachine watched = WatchedMachine.Boot(new KernelTestOptions { Leaks = LeakPolicy.Kernel });
        watched.LoadDriver(new EchoDriver());
        watched.OpenDevice(EchoDevice.Win32Name).Begin(EchoDevice.EchoLater, [1, 2, 3, 4], replyBytes: 4);
        watched.Bpf.CreateHashMap<uint, ulong>("open", maxEntries: 8);

        Assert.Empty(watched.Close());
    }

    [Fact]
    public unsafe void Pool_blocks_are_named_by_tag_count_size_and_call()
    {
        using WatchedMachine watched = WatchedMachine.Boot(s_verbose);
        watched.Machine.Pool.Allocate(48, new PoolTag("Lost"));
        watched.Machine.Pool.Allocate(16, new PoolTag("Lost"));
        watched.Machine.Pool.Free(watched.Machine.Pool.Allocate(16, new PoolTag("Lost")), new PoolTag("Lost"));

        Leak leak = Assert.Single(watched.Close());
        Assert.Equal((LeakKind.Memory, "pool 'Lost': 2 blocks, 64 bytes"), (leak.Kind, leak.What));
        Assert.Equal("code outside of a request: 48 bytes, code outside of a request: 16 bytes", leak.MadeBy);
    }

    [Fact]
    public unsafe void Without_the_events_of_pool_the_leak_says_what_shows_its_call()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        watched.Machine.Pool.Allocate(48, new PoolTag("Lost"));

        Assert.Equal("pool 'Lost': 1 block, 48 bytes; made by a call that TraceDetail.Verbose shows", Assert.Single(watched.Close()).ToString());
    }

    [Fact]
    public void A_thread_that_stays_in_the_kernel_is_named_with_its_level()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        HostThread.Run(() =>
        {
            KernelScope kernel = watched.Machine.EnterKernel(processor: 2);
            kernel.Thread.RaiseIrql(Irql.Dispatch);
        }).Join();

        Leak leak = Assert.Single(watched.Close());
        Assert.Equal(LeakKind.Thread, leak.Kind);
        Assert.StartsWith("a thread has not left the kernel: CPU 2: Dispatch level, ", leak.What, StringComparison.Ordinal);
    }

    [Fact]
    public void A_bugcheck_that_a_test_swallows_is_found()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        Assert.Throws<BugcheckException>(() => watched.Machine.BugCheck(BugcheckCode.BadPoolCaller));

        Leak leak = Assert.Single(watched.Close());
        Assert.Equal(LeakKind.Bugcheck, leak.Kind);
        Assert.Contains("BadPoolCaller", leak.What, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_bugcheck_is_no_leak_nor_is_what_it_leaves()
    {
        using WatchedMachine watched = WatchedMachine.Boot();
        watched.Bpf.CreateHashMap<uint, ulong>("open", maxEntries: 8);

        BugcheckRecord stop = watched.ExpectBugcheck(BugcheckCode.BadPoolCaller, () => watched.Machine.BugCheck(BugcheckCode.BadPoolCaller, 7));
        Assert.Equal(7ul, stop.Parameters[0]);
        Assert.Empty(watched.Close());
    }

    [Fact]
    public void A_bugcheck_that_does_not_come_or_is_another_fails()
    {
        using WatchedMachine watched = WatchedMachine.Boot(new KernelTestOptions { Leaks = LeakPolicy.None });
        Assert.Contains(
            "runs on",
            Assert.Throws<InvalidOperationException>(() => watched.ExpectBugcheck(BugcheckCode.BadPoolCaller, () => { })).Message,
            StringComparison.Ordinal);
        Assert.Contains(
            "Expected bugcheck BadPoolCaller",
            Assert.Throws<InvalidOperationException>(() => watched.ExpectBugcheck(
                BugcheckCode.BadPoolCaller, () => watched.Machine.BugCheck(BugcheckCode.SpinLockNotOwned))).Message,
            StringComparison.Ordinal);
        Assert.Single(watched.Close());
    }

    [Fact]
    public void A_machine_of_nobody_throws_what_is_left_when_it_is_disposed()
    {
        WatchedMachine watched = WatchedMachine.Boot();
        watched.Bpf.CreateHashMap<uint, ulong>("shared", maxEntries: 8);

        Assert.Contains("map 'shared'", Assert.Throws<LeakException>(watched.Dispose).Message, StringComparison.Ordinal);
        watched.Dispose();
    }
}
