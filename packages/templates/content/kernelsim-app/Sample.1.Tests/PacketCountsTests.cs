using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

public sealed class PacketCountsTests : IDisposable
{
    private readonly Machine _machine = Machine.Boot(new MachineOptions { Processors = 2 });
    private readonly BpfSession _session;

    public PacketCountsTests()
    {
        _machine.LoadDriver(new EbpfCoreDriver(), out _);
        _session = new BpfSession(_machine.Processes.Create().Gate);
    }

    public void Dispose()
    {
        _session.Dispose();
        Assert.Empty(_machine.Shutdown().Leaks);
    }

    [Fact]
    public void Counts_are_summed_over_the_processors()
    {
        using PacketCounts counts = new(_session);
        counts.Store([53, 443], [1, 2, 10, 20]);
        Assert.Equal(new SortedDictionary<uint, ulong> { [53] = 3, [443] = 30 }, counts.Sums());
    }

    [Fact]
    public void A_batch_that_forgets_the_processors_is_refused_and_stores_nothing()
    {
        using PacketCounts counts = new(_session);
        BpfException refused = Assert.Throws<BpfException>(() => counts.Store([53, 443], [1, 10]));
        Assert.Equal(2, refused.Given);
        Assert.Equal(4, refused.Expected);
        Assert.Empty(counts.Sums());
    }
}
