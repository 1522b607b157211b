using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tracing;

namespace KernelSim.EbpfCore.Tests.Epochs;

/// <summary>The machinery, as its events tell it.</summary>
[Collection(TraceCollection.Name)]
public sealed class EpochTraceTests : IDisposable
{
    private readonly MachineEvents _listener = new();
    private readonly EbpfMachine _machine;

    public EpochTraceTests()
    {
        _machine = new EbpfMachine(cpus: 3, machine: new MachineOptions { RequestIdBase = _listener.RequestIdBase });
    }

    public void Dispose()
    {
        _machine.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public void A_synchronize_request_waits_one_round_of_propose_and_one_of_commit_over_the_processors()
    {
        _listener.Clear();
        _machine.User.Send(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest)).Expect(EbpfResult.Success);

        List<RecordedEvent> events = [.. _listener.Events.Where(e => e.Name.StartsWith("Epoch", StringComparison.Ordinal))];
        int here = (int)events[0].Number("processor");
        List<string> expected = ["EpochWorkQueue " + here, "EpochTimerSet " + here];
        expected.AddRange(Enumerable.Range(0, 3).Select(cpu => "EpochPropose " + cpu));
        foreach (int cpu in Enumerable.Range(0, 3))
        {
            expected.AddRange(cpu == here ? ["EpochWorkRun " + cpu, "EpochCommit " + cpu] : ["EpochCommit " + cpu]);
        }

        expected.Add("EpochAdvance 2");
        Assert.Equal(expected, events.Select(e => $"{e.Name} {e.Number("processor")}"));
        Assert.All(events.Where(e => e.Name.StartsWith("EpochWork", StringComparison.Ordinal)), e => Assert.Equal("Synchronize", e.Text("work")));
        Assert.Single(events.Select(e => e.Number("requestId")).Distinct());
    }

    [Fact]
    public void A_commit_counts_what_it_freed_and_what_waits_on()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        map.Fill(10);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        map.Fill(10);
        _listener.Clear();
        _machine.User.Send(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest)).Expect(EbpfResult.Success);

        List<RecordedEvent> commits = [.. _listener.Named("EpochCommit")];
        Assert.Equal(11, commits.Sum(e => e.Number("freedBlocks"))); // ten values and the request
        Assert.All(commits, e => Assert.Equal(0, e.Number("waiting")));
        Assert.Equal(11, _listener.Named("EpochAdvance").Single().Number("freedBlocks"));
        long queued = _listener.Named("EpochWorkQueue").Single().Number("epoch");
        Assert.All(commits, e => Assert.True(e.Number("released") >= queued));
        Assert.All(_listener.Named("EpochPropose"), e => Assert.True(e.Number("proposal") > queued));
    }

    [Fact]
    public void An_open_epoch_holds_the_proposal_back_until_it_ends()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        map.Fill(20);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        long queued;
        using (ParkedCall<Answer> reader = new(_listener, CopyStage.MapFetch, 5, () => map.GetBatch(100)))
        {
            _listener.Clear();
            StartSynchronize();
            queued = _listener.Named("EpochWorkQueue").Single().Number("epoch");
            Assert.Equal(3, _listener.Named("EpochCommit").Count());
            Assert.All(_listener.Named("EpochCommit"), e => Assert.True(e.Number("released") < queued));
            Assert.Equal(1, _listener.Named("EpochCommit").Sum(e => e.Number("waiting")));
            Assert.Empty(_listener.Named("EpochWorkRun"));
            reader.Finish();
        }

        Assert.Single(_listener.Named("EpochWorkRun"));
        Assert.True(_listener.Named("EpochCommit").Last().Number("released") >= queued);
    }

    [Fact]
    public void The_timer_is_set_once_while_something_waits()
    {
        TestMap map = _machine.User.NewMap(BpfMapType.Hash);
        map.Fill(1);
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        _listener.Clear();
        for (int i = 0; i < 5; i++)
        {
            map.Update(map.Key(0), map.Value(i)).Expect(EbpfResult.Success);
        }

        Assert.Single(_listener.Named("EpochTimerSet"));
        _machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, _machine.Driver.WaitingCount);
    }

    private void StartSynchronize()
    {
        EbpfUser user = _machine.User;
        Assert.Equal(NtStatus.Success, user.Open(out NtHandle device, CreateFileOptions.None));
        byte[] request = EbpfUser.Message(EbpfOperationId.EpochSynchronize, default(EpochSynchronizeRequest));
        UserRange input = new(user.Gate.Memory.Allocate((uint)request.Length), (uint)request.Length);
        request.CopyTo(user.Gate.Memory.Access(input.Address, input.Length, MemoryAccess.Write, "test"));
        Assert.Equal(
            NtStatus.Pending,
            user.Gate.NtDeviceIoControlFile(
                0, device, NtHandle.Invalid, user.Gate.Memory.Allocate(16), EbpfDevice.ControlCode, input, UserRange.Null));
    }
}
