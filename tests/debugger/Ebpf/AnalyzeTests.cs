using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.UserMode;

namespace KernelSim.Debugger.Tests.Ebpf;

/// <summary>Why a machine stopped, hangs or refuses, from the flight recorder alone.</summary>
public sealed class AnalyzeTests
{
    [Fact]
    public void A_machine_that_is_well_has_no_cause()
    {
        using EbpfMachine machine = new();
        using Glass glass = new(machine.Machine);
        machine.User.NewMap(BpfMapType.Hash).Fill(3);

        Assert.Equal("none", glass.Member("!analyze -v", "cause"));
        Assert.Null(glass.Member("!analyze -v", "request"));
    }

    [Fact]
    public void A_refused_batch_is_named_with_check_numbers_element_and_fix()
    {
        using EbpfMachine machine = new();
        using Glass glass = new(machine.Machine);
        TestMap map = machine.User.NewMap(BpfMapType.Array, maxEntries: 2, name: "slots");
        map.UpdateBatch([(map.Key(1), map.Value(1)), (map.Key(7), map.Value(7))]);

        Output.CommandResult result = glass.Run("!analyze -v");

        Assert.Equal(
            ("refusal", CheckTable.MapUpdateIndex.Id, 7L, 1L, CheckTable.MapUpdateIndex.Fix),
            (Member(result, "cause"), Member(result, "check"), Member(result, "given"), Member(result, "expected"), Member(result, "fix")));
        Assert.Equal(
            machine.Machine.FlightRecorder.Read().Last(r => r.Kind == FlightKind.Refusal).Request, Member(result, "request"));
        string summary = (string)Member(result, "summary")!;
        Assert.Contains("map_update_element_batch", summary, StringComparison.Ordinal);
        Assert.Contains("at element 1", summary, StringComparison.Ordinal);
        Assert.Contains("EINVAL", summary, StringComparison.Ordinal);
        Assert.Contains("!map 2", (IEnumerable<string>)Member(result, "next")!);
    }

    [Fact]
    public void A_refused_size_comes_with_the_layout_of_the_map()
    {
        using EbpfMachine machine = new(cpus: 4);
        using Glass glass = new(machine.Machine);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash, valueSize: 12);
        map.Find(map.Key(1), room: 12).ExpectRefusal(CheckTable.MapFindValueSize, 12, 64);

        ResultRow kernel = Assert.Single(ResultRow.Of(glass.Run("!analyze -v").Tables.Single(t => t.Name == "witnesses")));

        Assert.Equal(
            ("kernel", 16L, 4L, 64L, "map 2: value_size 12, 4 slots"),
            (kernel["party"], kernel["stride"], kernel["cpus"], kernel["bytes_a_value"], kernel["by_what_it_did"]));
    }

    [Fact]
    public void The_later_of_a_fault_and_a_refusal_counts_and_the_other_is_listed()
    {
        using EbpfMachine machine = new(cpus: 4);
        using Glass glass = new(machine.Machine);
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Find([1]);
        PsProcess process = machine.Machine.Processes.Create(new ProcessOptions { Name = "short.exe" });
        using Libbpf bpf = new(process.Gate, LibraryVersion.Upstream);
        int descriptor = bpf.bpf_map_create(BpfMapType.Hash, "wide", 4, 64, 8);
        ulong key = process.Memory.Allocate(4);
        ulong value = process.Memory.Allocate(8);
        Assert.ThrowsAny<Exception>(() => bpf.bpf_map_update_elem(descriptor, key, value, 0));

        Output.CommandResult fault = glass.Run("!analyze -v");

        Assert.Equal(
            ("fault", CheckTable.Find("api.update.value_size")!.Id, 8L, 64L),
            (Member(fault, "cause"), Member(fault, "check"), Member(fault, "given"), Member(fault, "expected")));
        Assert.Equal("library", ResultRow.Of(fault.Tables.Single(t => t.Name == "witnesses"))[0]["party"]);
        Assert.Equal("refusal", Assert.Single(ResultRow.Of(fault.Tables.Single(t => t.Name == "also")))["cause"]);
        map.Find([1, 2]);
        Output.CommandResult refusal = glass.Run("!analyze");
        Assert.Equal("refusal", Member(refusal, "cause"));
        Assert.Equal("fault", Assert.Single(ResultRow.Of(refusal.Tables.Single(t => t.Name == "also")))["cause"]);
    }

    [Fact]
    public void A_process_that_faulted_has_two_witnesses_that_disagree()
    {
        using Machine machine = Machine.Boot(new MachineOptions { Processors = 4 });
        Assert.True(machine.LoadDriver(new EbpfCore.EbpfCoreDriver(), out _).IsSuccess);
        using Glass glass = new(machine);
        PsProcess process = machine.Processes.Create(new ProcessOptions { Name = "collector.exe" });
        using Libbpf bpf = new(process.Gate, LibraryVersion.Before3564);
        int map = bpf.bpf_map_create(BpfMapType.PercpuHash, "stats", 4, 12, 64);
        ulong keys = process.Memory.Allocate(32);
        ulong values = process.Memory.Allocate(96);
        ulong count = process.Memory.Allocate(4);
        ulong options = process.Memory.Allocate(24);
        BitConverter.TryWriteBytes(process.Memory.Access(options, 8, MemoryAccess.Write, "test"), 24L);
        BitConverter.TryWriteBytes(process.Memory.Access(count, 4, MemoryAccess.Write, "test"), 8);
        Assert.ThrowsAny<Exception>(() => bpf.bpf_map_update_batch(map, keys, values, count, options));

        Output.CommandResult result = glass.Run("!analyze -v");

        Assert.Equal(("fault", "api.update_batch.values_size"), (Member(result, "cause"), Member(result, "check")));
        Assert.Contains("collector.exe", (string)Member(result, "summary")!, StringComparison.Ordinal);
        Assert.Contains("library:update_batch.values", (string)Member(result, "summary")!, StringComparison.Ordinal);
        Assert.NotNull(Member(result, "request"));
        Assert.Equal(
            ["library", "kernel"], ResultRow.Of(result.Tables.Single(t => t.Name == "witnesses")).Select(r => r["party"]));
    }

    [Fact]
    public void A_thread_that_waits_in_the_kernel_for_its_request_is_a_hang()
    {
        using EbpfMachine machine = new();
        using Glass glass = new(machine.Machine);
        TestMap map = machine.User.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096, name: "events");
        TestRing ring = new(machine.User, map.Handle);
        map.Find([1]); // refused, and not the cause
        HostThread waiting = HostThread.Run(() => machine.User.Send(
            EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = map.Handle }, replyBytes: 32));
        LimitedWaits.Until(() => glass.Rows("!irp").Any(r => (bool)r["pending"]!), "the request to be pending");

        Output.CommandResult result = glass.Run("!analyze -v");

        Assert.Equal("hang", Member(result, "cause"));
        Assert.Equal(Assert.Single(glass.Rows("!irp"))["request"], Member(result, "request"));
        Assert.Contains("It waits for a record in ring 0 of map 2 'events', which is empty.", (string)Member(result, "summary")!);
        Assert.Contains("!ring 2", (IEnumerable<string>)Member(result, "next")!);
        Assert.Single(result.Tables.Single(t => t.Name == "pending_requests").Rows);
        Assert.Single(result.Tables.Single(t => t.Name == "threads").Rows);
        ring.Write([1]);
        waiting.Join();
        Assert.Equal("refusal", glass.Member("!analyze", "cause"));
    }

    [Fact]
    public void A_thread_that_is_in_a_driver_is_said_to_run_there()
    {
        using LocalMachine local = new();
        using BusyDriver driver = new();
        Assert.True(local.Machine.LoadDriver(driver, out _).IsSuccess);
        HostThread sender = HostThread.Run(() => BusyDriver.Send(local.Process));
        driver.WaitUntilBusy();

        Output.CommandResult result = local.Run("!analyze");

        Assert.Equal(("running", 7ul), (Member(result, "cause"), Member(result, "request")));
        Assert.Contains("is running in driver Busy: host thread ", (string)Member(result, "summary")!, StringComparison.Ordinal);
        driver.Release();
        sender.Join();
        Assert.Equal("none", Member(local.Run("!analyze"), "cause"));
    }

    [Fact]
    public void An_exception_of_a_driver_is_named_with_its_method_and_the_driver()
    {
        using LocalMachine local = new();
        Assert.Throws<BugcheckException>(() => local.Machine.LoadDriver(new ThrowingDriver(), out _));

        Assert.Contains(
            "KMODE_EXCEPTION_NOT_HANDLED (0x1E), parameters 0x80131509, 0x0, 0x0, 0x0: "
            + "InvalidOperationException in ThrowingDriver.DriverEntry of driver Throwing: no device",
            (string)local.Run("!analyze").Members.Single(m => m.Column.Name == "summary").Value!,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_reader_that_waits_for_data_is_a_hang_only_if_nobody_was_refused()
    {
        using EbpfMachine machine = new();
        using Glass glass = new(machine.Machine);
        TestMap map = machine.User.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096);
        PendingQuery query = new(machine.User, map.Handle);
        Assert.Equal("hang", glass.Member("!analyze", "cause"));
        Assert.Contains("only if it should have been completed by now", (string)glass.Member("!analyze", "summary")!);

        map.Find([1]);

        Assert.Equal("refusal", glass.Member("!analyze", "cause"));
        query.Cancel();
    }

    [Fact]
    public void A_bugcheck_counts_before_all_else()
    {
        using Machine machine = Machine.Boot(new MachineOptions());
        using Glass glass = new(machine);
        Assert.ThrowsAny<Exception>(() =>
        {
            using KernelScope kernel = machine.EnterKernel();
            machine.BugCheck(BugcheckCode.BadPoolHeader, 0x20, 1, 2, 3);
        });

        Output.CommandResult result = glass.Run("!analyze -v");

        Assert.Equal(("bugcheck", "BAD_POOL_HEADER"), (Member(result, "cause"), Member(result, "bugcheck")));
        Assert.Contains("BAD_POOL_HEADER (0x19), parameters 0x20, 0x1, 0x2, 0x3", (string)Member(result, "summary")!, StringComparison.Ordinal);
        Assert.NotNull(Member(result, "fix"));
    }

    [Fact]
    public void Every_stop_code_has_advice() =>
        Assert.All(
            Enum.GetValues<BugcheckCode>().Except([BugcheckCode.PageFaultInNonpagedArea, BugcheckCode.DriverIrqlNotLessOrEqual]),
            code => Assert.NotNull(Analysis.BugcheckAdvice.Fix(code)));

    private static object? Member(Output.CommandResult result, string name) => result.Members.FirstOrDefault(m => m.Column.Name == name).Value;
}
