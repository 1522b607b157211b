using System.Numerics;
using System.Runtime.CompilerServices;

namespace KernelSim.EbpfCore.Hash;

/// <summary>Keys of 8 bytes.</summary>
internal readonly unsafe struct Key8 : IKeyShape
{
    public static bool IsWord => true;

    public static bool IsExact => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nuint SizeOf(nuint size) => sizeof(ulong);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Hash(byte* key, nuint size, uint seed) => KeyHash.Spread(BitOperations.Crc32C(seed, Unsafe.ReadUnaligned<ulong>(key)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool AreEqual(byte* x, byte* y, nuint size) => Unsafe.ReadUnaligned<ulong>(x) == Unsafe.ReadUnaligned<ulong>(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBefore(byte* x, byte* y, nuint size) => Unsafe.ReadUnaligned<ulong>(x) < Unsafe.ReadUnaligned<ulong>(y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Copy(byte* destination, byte* source, nuint size) =>
        Unsafe.WriteUnaligned(destination, Unsafe.ReadUnaligned<ulong>(source));
}
