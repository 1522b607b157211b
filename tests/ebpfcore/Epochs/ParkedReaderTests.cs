using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Tests.Epochs;

/// <summary>Epochs with a reader held in one, below DISPATCH_LEVEL, so that computations go round but find it.</summary>
[Collection(TraceCollection.Name)]
public sealed class ParkedReaderTests : IDisposable
{
    private readonly MachineEvents _listener = new();
    private readonly EbpfMachine _machine;
    private readonly TestMap _map;

    public ParkedReaderTests()
    {
        _machine = new EbpfMachine(cpus: 4, machine: new MachineOptions { RequestIdBase = _listener.RequestIdBase });
        _map = _machine.User.NewMap(BpfMapType.PercpuHash);
        _map.Fill(20);
    }

    public void Dispose()
    {
        _listener.OnEvent = null;
        _machine.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void Nothing_retired_after_a_reader_came_is_freed_before_it_leaves()
    {
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        using (ParkedCall<Answer> reader = ParkReader())
        {
            _map.Fill(20);
            _map.DeleteBatch(_map.Keys()).Expect(EbpfResult.Success);
            _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.InRange(_machine.Driver.WaitingCount, 40, 80);
            reader.Finish();
        }

        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.WaitingCount);
    }

    [Fact]
    public void What_was_retired_before_a_reader_came_is_freed_while_it_stays()
    {
        _map.Fill(20);
        _machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(3));
        using ParkedCall<Answer> reader = ParkReader();
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.WaitingCount);
        Assert.True(reader.IsHeld);
    }

    [Fact]
    public void A_map_closed_under_a_reader_lives_until_it_leaves()
    {
        using (ParkedCall<Answer> reader = ParkReader())
        {
            _machine.User.Close(_map.Handle).Expect(EbpfResult.Success);
            _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal(1, _machine.Driver.ObjectCount);
            Assert.Equal(20, _map.Records(reader.Finish()).Count);
        }

        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.ObjectCount);
    }

    [Fact]
    public void Synchronizing_returns_at_once_when_nobody_reads()
    {
        Answer answer = _machine.User.Send(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest)).Expect(EbpfResult.Success);
        Assert.Equal(0ul, answer.Information);
        _machine.User.Send(new byte[] { 8, 0, 0, 0, 44, 0, 0, 0, 1, 2, 3 }, 100).Expect(EbpfResult.Success);
    }

    [Fact]
    public void Synchronizing_waits_for_the_readers_that_are_there()
    {
        ISystemGate gate = _machine.User.Gate;
        Assert.Equal(NtStatus.Success, gate.NtCreateEvent(0, manualReset: true, initialState: false, out NtHandle done));
        using ParkedCall<Answer> reader = ParkReader();
        Assert.Equal(NtStatus.Pending, StartSynchronize(_machine.User, done));
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(NtStatus.Timeout, gate.NtWaitForSingleObject(0, done, TimeSpan.Zero));
        reader.Finish();
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(NtStatus.Success, gate.NtWaitForSingleObject(0, done, TimeSpan.Zero));
    }

    [Fact]
    public void A_process_that_ends_while_it_synchronizes_leaves_nothing_behind()
    {
        EbpfUser other = _machine.NewUser();
        using ParkedCall<Answer> reader = ParkReader();
        Assert.Equal(NtStatus.Pending, StartSynchronize(other, NtHandle.Invalid));
        other.Process.Terminate(NtStatus.Success);
        reader.Finish();
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
    }

    private ParkedCall<Answer> ParkReader() =>
        new(_listener, CopyStage.MapFetch, 5, () => _map.GetBatch(100));

    private static NtStatus StartSynchronize(EbpfUser user, NtHandle done)
    {
        Assert.Equal(NtStatus.Success, user.Open(out NtHandle device, CreateFileOptions.None));
        byte[] request = EbpfUser.Message(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest));
        ulong input = user.Gate.Memory.Allocate((uint)request.Length);
        request.CopyTo(user.Gate.Memory.Access(input, (uint)request.Length, MemoryAccess.Write, "test"));
        ulong block = user.Gate.Memory.Allocate(16);
        return user.Gate.NtDeviceIoControlFile(
            0, device, done, block, EbpfDevice.ControlCode, new UserRange(input, (uint)request.Length), UserRange.Null);
    }
}
