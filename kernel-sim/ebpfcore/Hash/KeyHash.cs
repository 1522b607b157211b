using System.Numerics;
using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Hash;

/// <summary>The hash of keys: CRC-32C by the processor's instruction, as in upstream, with a seed for each table.</summary>
internal static unsafe class KeyHash
{
    /// <summary>CRC-32C of any number of bytes.</summary>
    public static uint Crc32C(byte* key, nuint size, uint seed)
    {
        byte* end = key + size;
        for (; (nuint)(end - key) >= sizeof(ulong); key += sizeof(ulong))
        {
            seed = BitOperations.Crc32C(seed, Unsafe.ReadUnaligned<ulong>(key));
        }

        for (; key < end; key++)
        {
            seed = BitOperations.Crc32C(seed, *key);
        }

        return seed;
    }

    /// <summary>
    /// CRC is linear: keys that differ in few bits share low bits more often than chance. A multiplication breaks that, and the bucket
    /// number is taken from the upper half of the product.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Spread(uint crc) => (uint)((crc * 0x9E3779B97F4A7C15UL) >> 32);
}
