using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.Debugger.Tests;

/// <summary>What the debugger decodes is what the machine itself reports.</summary>
public sealed unsafe class NtCommandTests : IDisposable
{
    private readonly LocalMachine _local = new(processors: 3);

    public void Dispose() => _local.Dispose();

    [Fact]
    public void A_machine_has_its_processors_processes_and_drivers()
    {
        ResultRow machine = Assert.Single(_local.Rows("!machine"), r => (bool)r["current"]!);

        Assert.Equal(3, machine["cpus"]);
        Assert.Equal(_local.Machine.Processes.All.Count, machine["processes"]);
        Assert.Equal(_local.Machine.Io.Drivers.Count, machine["drivers"]);
        Assert.Equal(false, machine["stopped"]);
    }

    [Fact]
    public void Processes_are_listed_with_those_that_have_ended()
    {
        PsProcess gone = _local.Machine.Processes.Create(new ProcessOptions { Name = "gone.exe", Administrator = false });
        gone.Terminate(NtStatus.Cancelled);

        Assert.Equal(
            [
                (gone.Id, "gone.exe", 0, false, true, NtStatus.Cancelled.ToString()),
                (_local.Process.Id, "app.exe", _local.Process.Handles.Count, true, false, null),
            ],
            _local.Rows("!process").Select(r => (
                (int)r.Get<uint>("pid"),
                (string)r["image"]!,
                (int)r["handles"]!,
                (bool)r["administrator"]!,
                (bool)r["exited"]!,
                (string?)r["status"])));
    }

    [Fact]
    public void A_process_that_faulted_says_where()
    {
        PsProcess unlucky = _local.Machine.Processes.Create();
        unlucky.EndByFault(new AccessViolation(MemoryAccess.Write, 0x1010, 0x1000, 64, "test:site"));

        ResultRow ended = Assert.Single(_local.Rows($"!process {unlucky.Id}"));

        Assert.Equal("access violation: write of 64 bytes at 0x1000 from test:site, first bad byte 0x1010", ended["fault"]);
        Assert.Equal(NtStatus.AccessViolation.ToString(), ended["status"]);
    }

    [Fact]
    public void Handles_have_their_objects_and_the_ids_of_eBPF_objects()
    {
        int map = _local.Bpf.bpf_map_create(BpfMapType.Hash, "m", 4, 4, 8);
        Assert.True(map > 0);

        IReadOnlyList<ResultRow> rows = _local.Rows($"!handle {_local.Process.Id}");

        IReadOnlyList<OpenHandle> open = _local.Process.Handles.List();
        Assert.Equal(open.Select(h => (ulong)h.Handle.Value), rows.Select(r => r.Get<ulong>("handle")));
        Assert.Equal(open.Select(h => h.Object.HandleCount), rows.Select(r => r.Get<long>("handles")));
        ResultRow ofMap = Assert.Single(rows, r => (string)r["type"]! == "Map");
        Assert.Equal(_local.Driver.ListObjects().Single().Id, ofMap["object_id"]);
    }

    [Fact]
    public void Pool_in_use_is_what_pool_counts()
    {
        Assert.True(_local.Bpf.bpf_map_create(BpfMapType.Hash, "m", 4, 4, 8) > 0);
        Pool pool = _local.Machine.Pool;

        Assert.Equal(
            pool.TagsInUse.Append(new PoolTag("Rcdr")).OrderBy(t => t.ToString(), StringComparer.Ordinal)
                .Select(t => (t, pool.Usage(t).Blocks, pool.Usage(t).Bytes)),
            _local.Rows("!poolused").Select(r => (r.Get<PoolTag>("tag"), r.Get<long>("blocks"), r.Get<long>("bytes"))));
    }

    [Fact]
    public void The_owner_of_a_tag_is_the_driver_whose_code_allocates_under_it()
    {
        Assert.True(_local.Bpf.bpf_map_create(BpfMapType.Hash, "m", 4, 4, 8) > 0);
        Assert.True(_local.Machine.LoadDriver(new WaitingDriver(), out _).IsSuccess);
        _local.Process.SendWaiting("request"u8);
        byte* own = _local.Machine.Pool.Allocate(10, new PoolTag("tEsT"));

        Dictionary<string, string> owners = _local.Rows("!poolused").ToDictionary(r => r["tag"]!.ToString()!, r => (string)r["owner"]!);

        Assert.Equal(("EbpfCore", "system", "system", "Waiting"), (owners["mpBE"], owners["IoSB"], owners["Rcdr"], owners["tEsT"]));
        Assert.All(_local.Rows("!poolfind mpBE"), r => Assert.Equal("EbpfCore", r["owner"]));
        Assert.Equal("tEsT of Waiting", Assert.Single(_local.Rows($"!address {_local.Machine.Pool.VirtualAddressOf(own):x}"))["owner"]);
        _local.Machine.Pool.Free(own, new PoolTag("tEsT"));
    }

    [Fact]
    public void The_blocks_of_a_tag_are_found_on_every_processor()
    {
        PoolTag tag = new("tEsT");
        List<ulong> allocated = [];
        for (int cpu = 0; cpu < 3; cpu++)
        {
            using KernelScope scope = _local.Machine.EnterKernel(processor: cpu);
            foreach (nuint bytes in new nuint[] { 1, 24, 500, 5000, 300_000 })
            {
                allocated.Add(_local.Machine.Pool.VirtualAddressOf(_local.Machine.Pool.Allocate(bytes, tag)));
            }
        }

        byte* freed = _local.Machine.Pool.Allocate(24, tag);
        _local.Machine.Pool.Free(freed, tag);

        Assert.Equal(allocated.Order(), _local.Rows("!poolfind tEsT").Select(r => r.Get<ulong>("address")).Order());
        Assert.Equal(true, Assert.Single(_local.Rows($"!pool {_local.Machine.Pool.VirtualAddressOf(freed):x}"))["freed"]);
        ResultRow large = Assert.Single(_local.Rows($"!pool {allocated[4] + 1000:x}"));
        Assert.Equal((allocated[4], 300_000ul), (large.Get<ulong>("address"), large.Get<ulong>("bytes")));
    }

    [Fact]
    public void A_damaged_header_hides_its_own_block_only()
    {
        PoolTag tag = new("tEsT");
        byte* first = _local.Machine.Pool.Allocate(100, tag);
        byte* second = _local.Machine.Pool.Allocate(100, tag);
        byte* third = _local.Machine.Pool.Allocate(100, tag);
        new Span<byte>(second - PoolHeader.Bytes, PoolHeader.Bytes).Fill(0xCC);

        Assert.Equal(
            [_local.Machine.Pool.VirtualAddressOf(first), _local.Machine.Pool.VirtualAddressOf(third)],
            _local.Rows("!poolfind tEsT").Select(r => r.Get<ulong>("address")).Order());
    }

    [Fact]
    public void A_pending_request_is_listed_with_what_it_asks_for()
    {
        Assert.True(_local.Machine.LoadDriver(new WaitingDriver(), out _).IsSuccess);
        _local.Process.SendWaiting("request"u8);

        ResultRow irp = Assert.Single(_local.Rows("!irp"));

        Assert.Equal((uint)_local.Process.Id, irp["pid"]);
        Assert.Equal(7ul, irp["request"]);
        Assert.Equal(true, irp["pending"]);
        Assert.Equal(WaitingDriver.Code.ToString(), irp["operation"]);
        Assert.Equal(WaitingDriver.DeviceName, irp["device"]);
        Assert.Equal(7u, irp["input_length"]);
        Assert.Single(_local.Rows("!irpfind waiting"));
        Assert.Empty(_local.Rows("!irpfind nothing"));
        Assert.Equal(1L, Assert.Single(_local.Rows("!drvobj waiting"))["requests"]);
        Output.CommandResult full = _local.Run($"!irp {irp.Get<ulong>("address"):x}");
        Assert.Contains(full.Members, m => m.Column.Name == "cancel_routine" && (string)m.Value! == "WaitingDriver.Cancelled");
        ulong buffer = (ulong)full.Members.Single(m => m.Column.Name == "system_buffer").Value!;
        Assert.Equal("request"u8.ToArray(), Assert.Single(_local.Rows($"db {buffer:x} L7"))["bytes"]);
    }

    [Fact]
    public void Drivers_devices_and_links_are_those_of_the_namespace()
    {
        Assert.True(_local.Machine.LoadDriver(new WaitingDriver(), out _).IsSuccess);

        Assert.Equal(_local.Machine.Io.Drivers.Select(d => d.Name), _local.Rows("!drvobj").Select(r => r["name"]));
        Assert.Equal(
            _local.Machine.Io.Drivers.SelectMany(d => d.Devices).Select(d => (d.Name, d.Driver.Name)),
            _local.Rows("!devobj").Select(r => ((string)r["name"]!, (string)r["driver"]!)));
        Assert.Equal(
            _local.Machine.Objects.SymbolicLinks.Select(l => (l.Key, l.Value)).Order(),
            _local.Rows(@"!object \GLOBAL??").Select(r => ((string)r["name"]!, (string)r["target"]!)).Order());
    }

    [Fact]
    public void A_thread_in_the_kernel_is_on_its_processor_at_its_level()
    {
        IReadOnlyList<ResultRow> running = [];
        IReadOnlyList<ResultRow> cpus = [];
        _local.Machine.RunOnProcessor(2, Irql.Dispatch, _ => (running, cpus) = (_local.Rows("!running"), _local.Rows("!cpu")));

        ResultRow thread = Assert.Single(running);
        Assert.Equal(2, thread["cpu"]);
        Assert.Equal("DISPATCH_LEVEL", thread["irql"]);
        Assert.Equal(Environment.CurrentManagedThreadId, thread["host_thread"]);
        Assert.Equal(["PASSIVE_LEVEL", "PASSIVE_LEVEL", "DISPATCH_LEVEL"], cpus.Select(r => r["irql"]));
        Assert.Equal([0, 0, 1], cpus.Select(r => r["threads"]));
        Assert.Empty(_local.Rows("!running"));
    }

    [Fact]
    public void Queued_DPCs_and_timers_that_are_set_name_their_routines()
    {
        KDpc dpc = new(_local.Machine, Routine);
        KTimer timer = new(_local.Machine);
        timer.Set(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(1), dpc, processor: 1);
        IReadOnlyList<ResultRow> dpcs = [];
        _local.Machine.RunOnProcessor(1, Irql.Dispatch, current =>
        {
            new KDpc(_local.Machine, Routine).Insert(current, processor: 1);
            dpcs = _local.Rows("!dpcs");
        });

        ResultRow queued = Assert.Single(dpcs, r => (string)r["routine"]! == "NtCommandTests.Routine");
        Assert.Equal(1, queued["cpu"]);
        Output.CommandResult time = _local.Run("!timer");
        Assert.Equal(_local.Machine.Clock.InterruptTime, time.Members[0].Value);
        ResultRow set = Assert.Single(ResultRow.Of(time.Tables[0]), r => (string)r["routine"]! == "NtCommandTests.Routine");
        Assert.Equal((10_000ul, 1), (set.Get<ulong>("period"), (int)set["cpu"]!));
        Assert.InRange(set.Get<long>("due_in"), 1, 50_000);
        timer.Cancel();
        Assert.DoesNotContain(_local.Rows("!timer"), r => (string)r["routine"]! == "NtCommandTests.Routine");
    }

    [Fact]
    public void A_bugcheck_is_shown_with_its_parameters()
    {
        Assert.Equal(false, _local.Run("!bugcheck").Members.Single().Value);
        Assert.Throws<BugcheckException>(() => _local.Machine.BugCheck(BugcheckCode.BadPoolCaller, 7, 8, 9, 10));

        Output.CommandResult stop = _local.Run("!bugcheck");

        Assert.Equal("BAD_POOL_CALLER", stop.Members.Single(m => m.Column.Name == "name").Value);
        Assert.Equal(["0x7", "0x8", "0x9", "0xa"], (string[])stop.Members.Single(m => m.Column.Name == "parameters").Value!);
        Assert.Equal(3, stop.Tables[0].Rows.Count);
        Assert.Equal(true, Assert.Single(_local.Rows("!machine"), r => (bool)r["current"]!)["stopped"]);
    }

    [Fact]
    public void The_registrar_s_modules_are_listed() =>
        Assert.Equal(
            _local.Machine.Nmr.Modules.Select(m => m.ModuleId.ToString()),
            _local.Rows("!modules").Select(r => (string)r["module"]!));

    [Fact]
    public void A_machine_that_is_disposed_of_is_no_longer_found()
    {
        using LocalMachine other = new();
        int id = (int)Assert.Single(other.Rows("!machine"), r => (bool)r["current"]!)["id"]!;
        Assert.Contains(_local.Rows("!machine"), r => (int)r["id"]! == id);
        other.Machine.Dispose();

        Assert.DoesNotContain(_local.Rows("!machine"), r => (int)r["id"]! == id);
    }

    private static void Routine(KeThread current)
    {
        // It only has to have a name.
    }
}
