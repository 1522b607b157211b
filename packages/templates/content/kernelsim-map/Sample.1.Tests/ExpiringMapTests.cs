using KernelSim.Testing;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

/// <summary>Each test has a machine of its own. What the map type leaves behind there fails the test, by name.</summary>
public sealed class ExpiringMapTests : KernelTest
{
    // Before the eBPF driver, which is loaded when a session is used for the first time.
    public ExpiringMapTests() => LoadDriver(new ExpiringMapDriver());

    [Fact]
    public void A_value_is_found_within_its_lifetime()
    {
        using CustomMap<uint, ulong> map = Create();
        map[1] = 100;
        Machine.Clock.Advance(ExpiringMapDriver.Lifetime / 2);
        Assert.Equal(100UL, map[1]);
    }

    [Fact]
    public void A_value_expires_after_its_lifetime()
    {
        using CustomMap<uint, ulong> map = Create();
        map[1] = 100;
        Machine.Clock.Advance(2 * ExpiringMapDriver.Lifetime);
        Assert.False(map.TryGet(1, out _));
    }

    [Fact]
    public void Writing_a_value_again_renews_it()
    {
        using CustomMap<uint, ulong> map = Create();
        map[1] = 100;
        Machine.Clock.Advance(ExpiringMapDriver.Lifetime * 0.75);
        map[1] = 101;
        Machine.Clock.Advance(ExpiringMapDriver.Lifetime * 0.75);
        Assert.Equal(101UL, map[1]);
    }

    private CustomMap<uint, ulong> Create() => Bpf.CreateCustomMap<uint, ulong>(ExpiringMap.Type, "map", maxEntries: 4);
}
