using System.Numerics;
using KernelSim.Protocol;

namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>A map as Linux's kernel would see it.</summary>
/// <param name="Id">Its id on this machine.</param>
/// <param name="Type">Its type.</param>
/// <param name="KeySize">Bytes in a key.</param>
/// <param name="ValueSize">Bytes in one CPU's value.</param>
/// <param name="ValueBytes">Bytes in a whole value: every CPU's slot, padded to 8.</param>
/// <param name="MaxEntries">The most elements that it may have.</param>
/// <param name="Flags">The flags that it was created with.</param>
/// <param name="HashSeed">Where the hashes of its keys start: <c>hashrnd</c>.</param>
/// <param name="Inner">The template of the maps in it; null if it holds no maps, or a program's object file brought it.</param>
internal sealed record LinuxMap(
    uint Id,
    LinuxMapType Type,
    uint KeySize,
    uint ValueSize,
    uint ValueBytes,
    uint MaxEntries,
    LinuxMapFlags Flags,
    uint HashSeed,
    LinuxMap? Inner)
{
    /// <summary>Number of buckets of a hash map, a power of two.</summary>
    public uint Buckets => BitOperations.RoundUpToPowerOf2(MaxEntries);

    /// <summary>The family of its type.</summary>
    public LinuxMapFamily Family => Type.Family;

    /// <summary>Whether its keys are indexes.</summary>
    public bool HasIndexes => Family is LinuxMapFamily.Array or LinuxMapFamily.Objects;

    /// <summary>The longest prefix of a trie, in bits.</summary>
    public uint LongestPrefix => (KeySize - MapTypeTable.PrefixLengthBytes) * 8;

    /// <summary>The bucket of a key.</summary>
    public uint BucketOf(ReadOnlySpan<byte> key) => JenkinsHash.Of(key, HashSeed) & (Buckets - 1);
}
