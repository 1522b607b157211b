using KernelSim.EbpfCore.Memory;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Keys of any size.</summary>
internal readonly unsafe struct KeyBytes : IKeyShape
{
    public static bool IsWord => false;

    public static bool IsExact => true;

    public static nuint SizeOf(nuint size) => size;

    public static uint Hash(byte* key, nuint size, uint seed) => KeyHash.Spread(KeyHash.Crc32C(key, size, seed));

    public static bool AreEqual(byte* x, byte* y, nuint size) =>
        new ReadOnlySpan<byte>(x, (int)size).SequenceEqual(new ReadOnlySpan<byte>(y, (int)size));

    public static bool IsBefore(byte* x, byte* y, nuint size) =>
        new ReadOnlySpan<byte>(x, (int)size).SequenceCompareTo(new ReadOnlySpan<byte>(y, (int)size)) < 0;

    public static void Copy(byte* destination, byte* source, nuint size) => BlockCopy.Copy(destination, source, size);
}
