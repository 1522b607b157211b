using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

public class SmokeTests
{
    public static TheoryData<BpfMapType> Types => [BpfMapType.Hash, BpfMapType.Array, BpfMapType.PercpuHash, BpfMapType.PercpuArray];

    [Theory]
    [MemberData(nameof(Types))]
    public void What_is_written_is_read(BpfMapType type)
    {
        using EbpfMachine machine = new(cpus: 4);
        TestMap map = machine.User.NewMap(type);
        map.Update(map.Key(3), map.Value(3)).Expect(EbpfResult.Success);
        Assert.Equal(map.Value(3), map.Find(map.Key(3)).Expect(EbpfResult.Success).Tail(8));
        map.Fill(50);
        Assert.Equal(Enumerable.Range(0, 50), map.Records(map.GetBatch(50)).Select(r => (int)TestMap.Number(r.Key)).Order());
        map.DeleteBatch(Enumerable.Range(0, 50).Select(i => map.Key((uint)i))).Expect(EbpfResult.Success);
    }
}
