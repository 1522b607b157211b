using System.Buffers.Binary;
using KernelSim.Debugger.Structures;

namespace KernelSim.Debugger.Stores;

/// <summary>The keys of an array, as an iteration finds them: an index in the first 4 bytes, or in as many as there are.</summary>
internal static class IndexKeys
{
    public static IEnumerable<(uint Index, byte[] Key)> Of(MapView map)
    {
        uint size = map.KeySize;
        ulong end = Math.Min(map.MaxEntries, size >= sizeof(uint) ? uint.MaxValue : 1UL << (int)(8 * size));
        for (uint index = 0; index < end; index++)
        {
            yield return (index, Key(index, size));
        }
    }

    private static byte[] Key(uint index, uint size)
    {
        byte[] whole = new byte[Math.Max(size, sizeof(uint))];
        BinaryPrimitives.WriteUInt32LittleEndian(whole, index);
        return whole[..(int)size];
    }
}
