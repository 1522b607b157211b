using System.Buffers.Binary;
using KernelSim.HostBpf;
using KernelSim.Protocol;

namespace KernelSim.EndToEnd.Tests.Host;

/// <summary>
/// Tries, queues and stacks beside the host kernel's, through bpf(2). Only what the two systems share is compared; <c>docs/differences.md</c>
/// has the rest. Skipped, with the reason, where bpf(2) is not permitted.
/// </summary>
public sealed class HostMapTypeTests
{
    private const int Enospc = -28;
    private const int HostE2Big = -7;
    private const int ValueBytes = 8;

    public HostMapTypeTests()
    {
        string? reason = HostBpfMap.WhyUnavailable();
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    [Theory]
    [InlineData(5u, 1)]
    [InlineData(8u, 2)]
    [InlineData(11u, 3)]
    [InlineData(20u, 4)]
    public void A_random_run_on_a_trie_matches_as_on_the_host_kernel(uint keySize, int seed)
    {
        using HostBpfMap host = HostBpfMap.Create(HostMapType.LpmTrie, keySize, ValueBytes, 10_000, HostBpfMap.NoPreallocation);
        using SimulatedMap simulated = new(BpfMapType.LpmTrie, keySize, ValueBytes, 10_000, cpus: 2);
        Random random = new(seed);
        byte[] fromHost = new byte[ValueBytes];
        byte[] fromSimulated = new byte[ValueBytes];
        for (int step = 0; step < 5000; step++)
        {
            byte[] key = RandomPrefix(random, keySize);
            byte[] value = BitConverter.GetBytes((long)step);
            ulong flags = (ulong)random.Next(3);
            switch (random.Next(4))
            {
                case 0:
                    Assert.Equal(host.Update(key, value, flags), simulated.Update(key, value, flags));
                    break;
                case 1 when step % 3 == 0:
                    Assert.Equal(host.Delete(key), simulated.Delete(key));
                    break;
                default:
                    Assert.Equal(host.Lookup(key, fromHost), simulated.Lookup(key, fromSimulated));
                    Assert.Equal(fromHost, fromSimulated);
                    break;
            }
        }
    }

    [Theory]
    [InlineData(HostMapType.Queue, BpfMapType.Queue, 1)]
    [InlineData(HostMapType.Queue, BpfMapType.Queue, 2)]
    [InlineData(HostMapType.Stack, BpfMapType.Stack, 3)]
    [InlineData(HostMapType.Stack, BpfMapType.Stack, 4)]
    public void A_random_run_of_pushes_and_pops_ends_as_on_the_host_kernel(HostMapType hostType, BpfMapType type, int seed)
    {
        Random random = new(seed);
        uint limit = (uint)random.Next(2, 12);
        using HostBpfMap host = HostBpfMap.Create(hostType, 0, ValueBytes, limit);
        using SimulatedMap simulated = new(type, 0, ValueBytes, limit, cpus: 2);
        byte[] fromHost = new byte[ValueBytes];
        byte[] fromSimulated = new byte[ValueBytes];
        for (int step = 0; step < 5000; step++)
        {
            byte[] value = BitConverter.GetBytes((long)step);
            switch (random.Next(5))
            {
                case 0 or 1:
                    ulong flags = random.Next(3) == 0 ? 2ul : 0;
                    int pushed = host.Update([], value, flags);
                    Assert.Equal(pushed == HostE2Big ? Enospc : pushed, simulated.Update([], value, flags));
                    break;
                case 2 or 3:
                    Assert.Equal(host.LookupAndDelete([], fromHost), simulated.LookupAndDelete([], fromSimulated));
                    break;
                default:
                    Assert.Equal(host.Lookup([], fromHost), simulated.Lookup([], fromSimulated));
                    break;
            }

            Assert.Equal(Head(host.Lookup([], fromHost), fromHost), Head(simulated.Lookup([], fromSimulated), fromSimulated));
        }
    }

    private static string Head(int result, byte[] value) => result == 0 ? Convert.ToHexString(value) : $"{result}";

    /// <summary>Few different bits, so that prefixes meet often.</summary>
    private static byte[] RandomPrefix(Random random, uint keySize)
    {
        byte[] key = new byte[keySize];
        for (int i = 4; i < key.Length; i++)
        {
            key[i] = (byte)(random.Next(2) == 0 ? 0x5A : random.Next(4) << 6);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(key, (uint)random.Next(((int)(keySize - 4) * 8) + 1));
        return key;
    }
}
