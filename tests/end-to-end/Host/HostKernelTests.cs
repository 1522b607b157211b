using KernelSim.HostBpf;
using KernelSim.Protocol;

namespace KernelSim.EndToEnd.Tests.Host;

/// <summary>
/// The simulated map store beside a real one: the host kernel's, through bpf(2). Only what the two systems share is compared;
/// <c>docs/differences.md</c> has the rest. Skipped, with the reason, where bpf(2) is not permitted.
/// </summary>
public sealed class HostKernelTests
{
    private const uint Entries = 64;

    public HostKernelTests()
    {
        string? reason = HostBpfMap.WhyUnavailable();
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    public static TheoryData<uint> ValueSizes => [.. Enumerable.Range(1, 17).Select(size => (uint)size)];

    [Theory]
    [MemberData(nameof(ValueSizes))]
    public void A_per_cpu_value_has_its_slots_where_the_host_kernel_has_them(uint valueSize)
    {
        int cpus = HostBpfMap.PossibleCpus;
        Assert.True(PerCpuLayout.TryCreate(BpfMapType.PercpuHash, valueSize, cpus, out PerCpuLayout layout));
        byte[] written = new byte[layout.Total];
        for (int cpu = 0; cpu < cpus; cpu++)
        {
            written.AsSpan((int)layout.SlotOffset(cpu), (int)valueSize).Fill((byte)(0x10 + cpu));
        }

        using HostBpfMap host = HostBpfMap.Create(HostMapType.PerCpuHash, 4, valueSize, Entries);
        using SimulatedMap simulated = new(BpfMapType.PercpuHash, 4, valueSize, Entries, cpus);
        byte[] key = [1, 0, 0, 0];
        byte[] fromHost = new byte[layout.Total];
        byte[] fromSimulated = new byte[layout.Total];

        Assert.Equal(host.Update(key, written), simulated.Update(key, written));
        Assert.Equal(host.Lookup(key, fromHost), simulated.Lookup(key, fromSimulated));

        for (int cpu = 0; cpu < cpus; cpu++)
        {
            Range slot = (int)layout.SlotOffset(cpu)..(int)(layout.SlotOffset(cpu) + valueSize);
            Assert.Equal(fromHost[slot], fromSimulated[slot]);
        }
    }

    [Theory]
    [InlineData(HostMapType.Hash, BpfMapType.Hash, 1)]
    [InlineData(HostMapType.Hash, BpfMapType.Hash, 2)]
    [InlineData(HostMapType.PerCpuHash, BpfMapType.PercpuHash, 1)]
    [InlineData(HostMapType.PerCpuHash, BpfMapType.PercpuHash, 2)]
    public void A_random_run_of_single_operations_on_a_hash_ends_as_on_the_host_kernel(HostMapType hostType, BpfMapType type, int seed)
    {
        int cpus = HostBpfMap.PossibleCpus;
        int total = type.IsPerCpu() ? 8 * cpus : 8;
        using HostBpfMap host = HostBpfMap.Create(hostType, 4, 8, Entries);
        using SimulatedMap simulated = new(type, 4, 8, Entries, cpus);
        var random = new Random(seed);
        byte[] value = new byte[total];
        byte[] fromHost = new byte[total];
        byte[] fromSimulated = new byte[total];

        for (int step = 0; step < 3_000; step++)
        {
            // Fewer keys than entries: a full map is where the two systems differ.
            byte[] key = [(byte)random.Next((int)Entries / 2), 0, 0, 0];
            (int expected, int actual, string what) = random.Next(4) switch
            {
                0 or 1 => Update(random.Next(3)),
                2 => (host.Delete(key), simulated.Delete(key), "delete"),
                _ => (host.Lookup(key, fromHost), simulated.Lookup(key, fromSimulated), "lookup"),
            };

            Assert.True(expected == actual, $"step {step}: {what} of key {key[0]}: host {expected}, simulated {actual}");
            if (what == "lookup" && expected == 0)
            {
                Assert.Equal(fromHost, fromSimulated);
            }

            (int, int, string) Update(int flags)
            {
                random.NextBytes(value);
                return (host.Update(key, value, (ulong)flags), simulated.Update(key, value, (ulong)flags), $"update with flags {flags}");
            }
        }
    }

    [Theory]
    [InlineData(HostMapType.Array, BpfMapType.Array)]
    [InlineData(HostMapType.PerCpuArray, BpfMapType.PercpuArray)]
    public void An_array_overwrites_and_reads_as_on_the_host_kernel(HostMapType hostType, BpfMapType type)
    {
        int cpus = HostBpfMap.PossibleCpus;
        int total = type.IsPerCpu() ? 8 * cpus : 8;
        using HostBpfMap host = HostBpfMap.Create(hostType, 4, 8, Entries);
        using SimulatedMap simulated = new(type, 4, 8, Entries, cpus);
        var random = new Random(3);
        byte[] value = new byte[total];
        byte[] fromHost = new byte[total];
        byte[] fromSimulated = new byte[total];

        for (int step = 0; step < 500; step++)
        {
            byte[] key = [(byte)random.Next((int)Entries), 0, 0, 0];
            random.NextBytes(value);
            Assert.Equal(host.Update(key, value), simulated.Update(key, value));
            key[0] = (byte)random.Next((int)Entries + 4);
            Assert.Equal(host.Lookup(key, fromHost), simulated.Lookup(key, fromSimulated));
            Assert.Equal(fromHost, fromSimulated);
        }
    }
}
