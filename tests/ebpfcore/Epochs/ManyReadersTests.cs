using KernelSim.EbpfCore.Extensions;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Epochs;

/// <summary>More threads in epochs on one processor at once than it has slots to begin with.</summary>
public class ManyReadersTests
{
    private const int Readers = 20;

    [Fact]
    public void Nothing_that_any_of_them_could_see_is_freed_before_the_last_has_left()
    {
        using EbpfMachine machine = new(cpus: 1);
        using var parking = new ParkingPlace();
        using var arrived = new CountdownEvent(Readers);
        RecordingMapProvider calls = new();
        MapProviderDispatch dispatch = calls.Dispatch() with
        {
            PostprocessFindElement = (_, _, _, _, _, _) =>
            {
                arrived.Signal();
                parking.Park();
                return EbpfResult.Success;
            },
        };
        MapProvider provider = calls.Provider(dispatch: dispatch);
        machine.InKernel(current => machine.Machine.Nmr.Register(current, provider));
        TestMap custom = machine.User.NewMap(BpfMapType.Xskmap, valueSize: 4);
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        custom.Update(custom.Key(1), custom.Value(1)).Expect(EbpfResult.Success);
        HostThread[] readers = [.. Enumerable.Range(0, Readers).Select(_ => HostThread.Run(() =>
        {
            TestMap mine = new(new EbpfUser(machine.User.Process), custom.Handle, 4, custom.Layout);
            mine.Find(mine.Key(1)).Expect(EbpfResult.Success);
        }))];
        arrived.WaitFor("all readers to be in their epochs");
        map.Fill(20);
        map.Fill(20);
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(machine.Driver.WaitingCount, 20, 100);
        parking.Open();
        Array.ForEach(readers, r => r.Join());
        machine.Machine.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, machine.Driver.WaitingCount);
        machine.User.Close(custom.Handle).Expect(EbpfResult.Success);
        machine.InKernel(current => Assert.Equal(NtStatus.Success, machine.Machine.Nmr.Deregister(current, provider)));
    }
}
