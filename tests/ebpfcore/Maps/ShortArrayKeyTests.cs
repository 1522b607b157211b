using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>Arrays whose keys are too short to name every element.</summary>
public class ShortArrayKeyTests
{
    [Theory]
    [InlineData(1u, 255u, 255)]
    [InlineData(1u, 256u, 256)]
    [InlineData(1u, 1000u, 256)]
    [InlineData(2u, 300u, 300)]
    [InlineData(3u, 20u, 20)]
    public void Iteration_ends_at_the_last_element_that_a_key_can_name(uint keySize, uint maxEntries, int reachable)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, keySize, valueSize: 8, maxEntries);
        Assert.Equal(reachable, map.Records(map.GetBatch(2000)).Count);
        map.NextKey(map.Key((uint)reachable - 1)).Expect(EbpfResult.NoMoreKeys);
        map.GetBatch(1, map.Key((uint)reachable - 1)).Expect(EbpfResult.NoMoreKeys);
    }

    [Theory]
    [InlineData(4u)]
    [InlineData(8u)]
    public void After_index_0xFFFFFFFF_comes_0(uint keySize)
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Array, keySize, valueSize: 8, maxEntries: 3);
        Assert.Equal(map.Key(0)[..4], map.NextKey(map.Key(uint.MaxValue)).Expect(EbpfResult.Success).Tail(16)[..4]);
    }
}
