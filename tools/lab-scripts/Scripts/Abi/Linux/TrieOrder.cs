using System.Buffers.Binary;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>
/// The order in which Linux walks a trie: <c>trie_get_next_key</c>. A prefix comes after the longer ones that it matches, and of two that branch
/// the one with the bit 0 comes first.
/// </summary>
internal sealed class TrieOrder : IComparer<byte[]>
{
    /// <summary>The only one: it has no state.</summary>
    public static readonly TrieOrder Instance = new();

    private TrieOrder()
    {
    }

    /// <inheritdoc/>
    public int Compare(byte[]? x, byte[]? y)
    {
        uint left = BinaryPrimitives.ReadUInt32LittleEndian(x);
        uint right = BinaryPrimitives.ReadUInt32LittleEndian(y);
        for (uint bit = 0; bit < Math.Min(left, right); bit++)
        {
            int difference = Bit(x!, bit) - Bit(y!, bit);
            if (difference != 0)
            {
                return difference;
            }
        }

        return right.CompareTo(left);
    }

    private static int Bit(byte[] key, uint bit) => (key[MapTypeTable.PrefixLengthBytes + (bit / 8)] >> (int)(7 - (bit % 8))) & 1;
}
