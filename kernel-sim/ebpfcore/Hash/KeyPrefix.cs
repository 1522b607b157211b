using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Memory;

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// Keys that are prefixes: a length in bits, 4 bytes in host order, then that many bits starting with the highest of the first byte
/// (<c>_lpm_extract</c>). The rest of the key is ignored. Callers never pass a length that exceeds the key.
/// </summary>
internal readonly unsafe struct KeyPrefix : IKeyShape
{
    public static bool IsWord => false;

    public static bool IsExact => false;

    public static nuint SizeOf(nuint size) => size;

    public static uint Hash(byte* key, nuint size, uint seed)
    {
        nuint whole = WholeBytes(key, out int rest);
        uint crc = KeyHash.Crc32C(key, whole, seed);
        if (rest != 0)
        {
            byte last = (byte)(key[whole] & Mask(rest));
            crc = KeyHash.Crc32C(&last, 1, crc);
        }

        return KeyHash.Spread(crc);
    }

    public static bool AreEqual(byte* x, byte* y, nuint size)
    {
        nuint whole = WholeBytes(x, out int rest);
        return Unsafe.ReadUnaligned<uint>(x) == Unsafe.ReadUnaligned<uint>(y)
            && KeyBytes.AreEqual(x, y, whole)
            && (rest == 0 || ((x[whole] ^ y[whole]) & Mask(rest)) == 0);
    }

    public static bool IsBefore(byte* x, byte* y, nuint size)
    {
        uint bits = Unsafe.ReadUnaligned<uint>(x);
        if (bits != Unsafe.ReadUnaligned<uint>(y))
        {
            return bits < Unsafe.ReadUnaligned<uint>(y);
        }

        nuint whole = WholeBytes(x, out int rest);
        int bytes = new ReadOnlySpan<byte>(x, (int)whole).SequenceCompareTo(new ReadOnlySpan<byte>(y, (int)whole));
        return bytes < 0 || (bytes == 0 && rest != 0 && (x[whole] & Mask(rest)) < (y[whole] & Mask(rest)));
    }

    public static void Copy(byte* destination, byte* source, nuint size) => BlockCopy.Copy(destination, source, size);

    private static nuint WholeBytes(byte* key, out int rest)
    {
        uint bits = Unsafe.ReadUnaligned<uint>(key);
        rest = (int)(bits % 8);
        return sizeof(uint) + (nuint)(bits / 8);
    }

    private static int Mask(int bits) => 0xFF00 >> bits;
}
