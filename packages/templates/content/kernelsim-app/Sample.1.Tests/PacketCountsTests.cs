using KernelSim.Nt;
using KernelSim.Testing;
using KernelSim.UserMode;

namespace SampleNamespace.Tests;

/// <summary>Each test has a machine of its own, with two processors. What it leaves behind there fails it.</summary>
public sealed class PacketCountsTests() : KernelTest(new KernelTestOptions { Machine = new MachineOptions { Processors = 2 } })
{
    [Fact]
    public void Counts_are_summed_over_the_processors()
    {
        using PacketCounts counts = new(Bpf);
        counts.Store([53, 443], [1, 2, 10, 20]);
        Assert.Equal(new SortedDictionary<uint, ulong> { [53] = 3, [443] = 30 }, counts.Sums());
    }

    [Fact]
    public void A_batch_that_forgets_the_processors_is_refused_and_stores_nothing()
    {
        using PacketCounts counts = new(Bpf);
        BpfException refused = Assert.Throws<BpfException>(() => counts.Store([53, 443], [1, 10]));
        Assert.Equal(2, refused.Given);
        Assert.Equal(4, refused.Expected);
        Assert.Empty(counts.Sums());
    }
}
