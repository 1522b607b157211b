using KernelSim.Nt;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;

namespace KernelSim.EbpfCore.Tests;

public sealed class LockRankTests
{
    [Fact]
    public void The_ranks_of_the_drivers_locks_ascend_and_have_names_of_their_own()
    {
        using Machine machine = Machine.Boot();
        machine.LoadDriver(new EbpfCoreDriver(), out DriverObject? driver);
        IReadOnlyList<LockRank> ranks = driver!.LockRanks;
        Assert.NotEmpty(ranks);
        Assert.Equal(ranks.Select(r => r.Number).Order().Distinct(), ranks.Select(r => r.Number));
        Assert.Distinct(ranks.Select(r => r.Name));
        Assert.True(LockOrder.IsChecked);
    }
}
