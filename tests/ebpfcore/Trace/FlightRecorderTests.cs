using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Ke;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Trace;

/// <summary>What the flight recorder keeps of requests to the driver, with the driver's own names.</summary>
public class FlightRecorderTests
{
    [Fact]
    public void A_lookup_leaves_one_record_with_its_lengths_its_copies_and_its_outcome()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Update(map.Key(1), new byte[8]).Expect(EbpfResult.Success);
        map.Find(map.Key(1)).Expect(EbpfResult.Success);

        FlightEntry[] records = LastRequest(machine);
        int pid = machine.User.Process.Id;
        uint id = Assert.Single(machine.Driver.ListObjects()).Id;
        FlightEntry record = Assert.Single(records);
        Assert.Equal(("completed", pid, EbpfDevice.ControlCode.Value), (record.Name, record.Process, record.Code));
        Assert.Equal(
            $"map_find_element pid {pid}: 21 bytes in, 16 bytes out → STATUS_SUCCESS, 16 bytes, object {id};"
            + " copied BufferIn 21 MapFetch 8 BufferOut 16",
            record.Text);
    }

    [Fact]
    public void An_update_and_a_batch_count_what_they_store_and_fetch()
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash);
        map.Update(map.Key(1), new byte[32]).Expect(EbpfResult.Success);
        Assert.EndsWith("; copied BufferIn 56 MapStore 32", LastRequest(machine)[^1].Text, StringComparison.Ordinal);

        map.UpdateBatch([.. map.Key(2), .. new byte[32], .. map.Key(3), .. new byte[32]]).Expect(EbpfResult.Success);
        Assert.EndsWith(" MapStore 64 BufferOut 12", LastRequest(machine)[^1].Text, StringComparison.Ordinal);

        map.GetBatch(2).Expect(EbpfResult.Success);
        Assert.Contains(" MapFetch 64 ", LastRequest(machine)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_refusal_names_its_check_with_both_numbers()
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(BpfMapType.PercpuHash);
        map.Find(map.Key(1), room: 8).ExpectRefusal(CheckTable.MapFindValueSize, 8, 32);

        FlightEntry[] records = LastRequest(machine);
        Assert.Equal(["refusal", "completed"], records.Select(r => r.Name));
        Assert.Equal((uint)CheckTable.MapFindValueSize.Number, records[0].Code);
        Assert.Equal([8, 32, -1], records[0].Numbers.Take(3));
        Assert.Equal(
            $"{CheckTable.MapFindValueSize.Id} ({CheckTable.MapFindValueSize.Code}) refused pid {machine.User.Process.Id}:"
            + " 8 given, expected 32 → STATUS_INVALID_PARAMETER",
            records[0].Text);
        Assert.Equal(records[0].Status, records[1].Status);
    }

    [Fact]
    public void A_refused_element_of_a_batch_is_named()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, maxEntries: 2);
        map.UpdateBatch([.. map.Key(1), .. new byte[8], .. map.Key(7), .. new byte[8]]);

        FlightEntry element = LastRequest(machine).Last(r => r.Kind is FlightKind.RefusedElement or FlightKind.Refusal);
        Assert.Contains("element 1", element.Text, StringComparison.Ordinal);
        Assert.Equal(1, element.Kind == FlightKind.Refusal ? element.Numbers[2] : element.Numbers[0]);
    }

    [Fact]
    public void A_request_that_pends_and_is_cancelled_leaves_both()
    {
        using EbpfMachine machine = new();
        EbpfUser user = machine.NewUser();
        TestMap ring = user.NewMap(BpfMapType.Ringbuf, keySize: 0, valueSize: 0, maxEntries: 4096);
        Assert.Equal(NtStatus.Success, user.Open(out NtHandle file, CreateFileOptions.None));
        Answer pending = user.Send(
            EbpfUser.Message(EbpfOperationId.MapAsyncQuery, new MapAsyncQueryRequest { MapHandle = ring.Handle }), 32, device: file);
        Assert.Equal(NtStatus.Pending, pending.Status);
        user.Gate.NtCancelIoFile(0, file);

        FlightEntry[] all = [.. machine.Machine.FlightRecorder.Read(10_000).Where(r => r.Process == user.Process.Id)];
        ulong request = Assert.Single(all, r => r.Kind == FlightKind.IrpPending).Request;

        // The memory for the outcome is freed by now.
        Assert.Equal(
            ["pending", "cancel", "access_violation", "completed"],
            all.Where(r => r.Request == request && r.Kind < FlightKind.IrqlRaise).Select(r => r.Name));
        Assert.StartsWith("map_async_query", all.Single(r => r.Kind == FlightKind.IrpPending).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Epochs_are_recorded_where_the_lock_order_is_checked_and_computations_everywhere()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Find(map.Key(1));
        machine.User.Send(EbpfUser.Message(EbpfOperationId.EpochSynchronize, default(OperationHeader)));

        string[] names = [.. machine.Machine.FlightRecorder.Read(10_000).Select(r => r.Name).Distinct()];
        Assert.Contains("epoch_advance", names);
        Assert.Equal(FlightRecorder.RecordsLevels, names.Contains("epoch_enter"));
        Assert.Equal(FlightRecorder.RecordsLevels, names.Contains("epoch_leave"));
    }

    [Fact]
    public void Records_of_an_unloaded_driver_keep_their_names()
    {
        using EbpfMachine machine = new();
        machine.User.NewMap(BpfMapType.Hash);
        machine.User.Process.Terminate(NtStatus.Success);
        Assert.Equal(NtStatus.Success, machine.Machine.UnloadDriver(machine.DriverObject));
        Assert.Contains(
            machine.Machine.FlightRecorder.Read(10_000), r => r.Text.StartsWith("create_map", StringComparison.Ordinal));
    }

    /// <summary>The records of the newest request, without those of levels and epochs.</summary>
    private static FlightEntry[] LastRequest(EbpfMachine machine)
    {
        FlightEntry[] all = [.. machine.Machine.FlightRecorder.Read(10_000)
            .Where(r => r.Kind < FlightKind.IrqlRaise)];
        ulong last = all.Last(r => r.Kind == FlightKind.IoctlCompleted).Request;
        return [.. all.Where(r => r.Request == last)];
    }
}
