using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Stress;

/// <summary>The largest machine.</summary>
public class ManyProcessorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Reclaiming_on_1024_processors_needs_little_stack(int writers)
    {
        using EbpfMachine machine = new(cpus: 1024);
        HostThread[] threads = [.. Enumerable.Range(0, writers).Select(_ => HostThread.Run(() => ReplaceOften(machine), maxStackSize: 192 * 1024))];
        Array.ForEach(threads, t => t.Join());
    }

    private static void ReplaceOften(EbpfMachine machine)
    {
        EbpfUser user = machine.NewUser();
        TestMap map = user.NewMap(BpfMapType.Hash, valueSize: 8, maxEntries: 4096);
        (byte[], byte[])[] records = [.. Enumerable.Range(0, 5000).Select(i => (map.Key((uint)i), map.Value(i)))];
        byte[] data = [.. records.SelectMany(r => (IEnumerable<byte>)[.. r.Item1, .. r.Item2])];
        for (int i = 0; i < 60; i++)
        {
            map.UpdateBatch(data).Expect(EbpfResult.Success);
        }
    }
}
