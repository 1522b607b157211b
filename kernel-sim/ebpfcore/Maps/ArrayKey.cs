using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Memory;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The index in an array's key: its first 4 bytes, whatever the key size. For a key shorter than 4 bytes upstream also reads (and writes) the
/// memory after it; that is left out here.
/// </summary>
internal static unsafe class ArrayKey
{
    /// <summary>The index in a key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint IndexOf(byte* key, uint keySize)
    {
        if (keySize >= sizeof(uint))
        {
            return Unsafe.ReadUnaligned<uint>(key);
        }

        uint index = 0;
        BlockCopy.Copy((byte*)&index, key, keySize);
        return index;
    }

    /// <summary>Advances to the index after a key's, or to the first.</summary>
    /// <param name="previous">A key, or null.</param>
    /// <param name="next">Receives the key of the next index; may be the same memory.</param>
    /// <param name="keySize">Key size in bytes.</param>
    /// <param name="maxEntries">Number of indexes.</param>
    /// <param name="index">The index advanced to; not meaningful at the end of the array.</param>
    /// <returns>False at the end of the array.</returns>
    public static bool TryNext(byte* previous, byte* next, uint keySize, uint maxEntries, out uint index)
    {
        // In 32 bits, as in upstream: 0xFFFFFFFF is followed by 0.
        index = previous == null ? 0 : unchecked(IndexOf(previous, keySize) + 1);

        // An index that does not fit the key would be truncated to an earlier one, and an iteration would never end.
        if (index >= maxEntries || (keySize < sizeof(uint) && index >> (int)(8 * keySize) != 0))
        {
            return false;
        }

        if (keySize >= sizeof(uint))
        {
            Unsafe.WriteUnaligned(next, index);
        }
        else
        {
            uint value = index;
            BlockCopy.Copy(next, (byte*)&value, keySize);
        }

        return true;
    }
}
