using System.Runtime.CompilerServices;
using KernelSim.EbpfCore.Hash;

namespace KernelSim.EbpfCore.Maps;

/// <summary>
/// The index in a key of an array: its first 4 bytes, however long it is. Of a key shorter than 4 bytes upstream reads (and writes) what
/// lies behind it too; that is left out here.
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

    /// <summary>Steps to the index after a key's, or to the first.</summary>
    /// <param name="previous">A key, or null.</param>
    /// <param name="next">Where the key of the next index goes; may be the same memory.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <param name="maxEntries">Indexes that there are.</param>
    /// <param name="index">The index.</param>
    /// <returns>False at the end of the array.</returns>
    public static bool TryNext(byte* previous, byte* next, uint keySize, uint maxEntries, out uint index)
    {
        // In 32 bits, as upstream adds: 0xFFFFFFFF is followed by 0.
        index = previous == null ? 0 : unchecked(IndexOf(previous, keySize) + 1);

        // A key too short for the index would come out as an earlier one, and whoever iterates would never end.
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
