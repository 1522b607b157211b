using System.Buffers.Binary;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Tests.Maps;

/// <summary>LPM tries against a list of prefixes in which every bit is compared.</summary>
public class LpmModelTests
{
    [Theory]
    [InlineData(5u, 1)]
    [InlineData(6u, 2)]
    [InlineData(8u, 3)]
    [InlineData(13u, 4)]
    [InlineData(20u, 5)]
    public void A_random_run_finds_what_the_list_finds(uint keySize, int seed)
    {
        using EbpfMachine machine = new(cpus: 2);
        TestMap map = machine.User.NewMap(BpfMapType.LpmTrie, keySize: keySize, maxEntries: 8);
        using ProgramMap program = new(machine, map);
        Random random = new(seed);
        Dictionary<string, byte[]> model = [];
        for (int step = 0; step < 4000; step++)
        {
            byte[] key = RandomKey(random, keySize);
            string bits = Bits(key);
            switch (random.Next(6))
            {
                case 0:
                    map.Update(key, map.Value(step)).Expect(EbpfResult.Success);
                    model[bits] = map.Value(step);
                    break;
                case 1:
                    Assert.Equal(model.TryAdd(bits, map.Value(step)), program.Update(step % 2, key, map.Value(step), flags: 1) == 0);
                    break;
                case 2 when step % 3 == 0:
                    Assert.Equal(model.Remove(bits), map.Delete(key).Status == NtStatus.Success);
                    break;
                case 3:
                    Assert.Equal(Longest(model, bits), program.Lookup(step % 2, key));
                    break;
                default:
                    Answer found = map.Find(key);
                    Assert.Equal(Longest(model, bits), found.Status == NtStatus.Success ? found.Tail(8) : null);
                    break;
            }
        }

        Assert.Equal(model.Keys.Order(StringComparer.Ordinal), map.Keys().Select(Bits).Order(StringComparer.Ordinal));
    }

    private static byte[]? Longest(Dictionary<string, byte[]> model, string bits) =>
        model.Where(p => bits.StartsWith(p.Key, StringComparison.Ordinal)).OrderByDescending(p => p.Key.Length).FirstOrDefault().Value;

    /// <summary>Few different bits, so that prefixes meet often.</summary>
    private static byte[] RandomKey(Random random, uint keySize)
    {
        byte[] key = new byte[keySize];
        for (int i = 4; i < key.Length; i++)
        {
            key[i] = (byte)(random.Next(2) == 0 ? 0xA5 : random.Next(4) << 6 | random.Next(2));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(key, (uint)random.Next(((int)(keySize - 4) * 8) + 1));
        return key;
    }

    private static string Bits(byte[] key) =>
        string.Concat(key[4..].Select(b => Convert.ToString(b, 2).PadLeft(8, '0')))[..(int)BinaryPrimitives.ReadUInt32LittleEndian(key)];
}
