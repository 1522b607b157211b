using System.Numerics;
using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Keys of 4 bytes.</summary>
internal readonly unsafe struct Key4 : IKeyShape
{
    public static bool IsWord => true;

    public static bool IsExact => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint SizeOf(nuint size) => sizeof(uint);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(byte* key, nuint size, uint seed) => KeyHash.Spread(BitOperations.Crc32C(seed, Unsafe.ReadUnaligned<uint>(key)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(byte* x, byte* y, nuint size) => Unsafe.ReadUnaligned<uint>(x) == Unsafe.ReadUnaligned<uint>(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBefore(byte* x, byte* y, nuint size) => Unsafe.ReadUnaligned<uint>(x) < Unsafe.ReadUnaligned<uint>(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* destination, byte* source, nuint size) =>
        Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<uint>(source));
}
