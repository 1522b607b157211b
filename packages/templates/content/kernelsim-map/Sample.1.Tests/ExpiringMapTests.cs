using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

public sealed class ExpiringMapTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot();
    private readonly BpfSession _session;
    private readonly CustomMap<uint, ulong> _map;

    public ExpiringMapTests()
    {
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new ExpiringMapDriver(), out _));
        Assert.Equal(NtStatus.Success, _machine.LoadDriver(new EbpfCoreDriver(), out _));
        _session = new BpfSession(_machine.Processes.Create().Gate);
        _map = _session.CreateCustomMap<uint, ulong>(ExpiringMap.Type, "map", maxEntries: 4);
    }

    public void Dispose()
    {
        _map.Dispose();
        _session.Dispose();
        Assert.Empty(_machine.Shutdown().Leaks);
    }

    [Fact]
    public void A_value_is_found_within_its_lifetime()
    {
        _map[1] = 100;
        _machine.Clock.Advance(ExpiringMapDriver.Lifetime / 2);
        Assert.Equal(100UL, _map[1]);
    }

    [Fact]
    public void A_value_expires_after_its_lifetime()
    {
        _map[1] = 100;
        _machine.Clock.Advance(2 * ExpiringMapDriver.Lifetime);
        Assert.False(_map.TryGet(1, out _));
    }

    [Fact]
    public void Writing_a_value_again_renews_it()
    {
        _map[1] = 100;
        _machine.Clock.Advance(ExpiringMapDriver.Lifetime * 0.75);
        _map[1] = 101;
        _machine.Clock.Advance(ExpiringMapDriver.Lifetime * 0.75);
        Assert.Equal(101UL, _map[1]);
    }
}
