namespace KernelSim.LabScripts.Abi.Linux;

/// <summary>The elements of a hash map or a trie in Linux's order.</summary>
/// <param name="map">Which map.</param>
/// <param name="elements">Its elements, in that order.</param>
internal sealed class LinuxWalk(LinuxMap map, IReadOnlyList<KeyValuePair<byte[], byte[]>> elements)
{
    /// <summary>Which map.</summary>
    public LinuxMap Map => map;

    /// <summary>The elements, in order.</summary>
    public IReadOnlyList<KeyValuePair<byte[], byte[]>> Elements => elements;

    /// <summary>Puts elements into Linux's order.</summary>
    public static LinuxWalk Of(LinuxMap map, IEnumerable<KeyValuePair<byte[], byte[]>> elements) => new(
        map,
        map.Family == LinuxMapFamily.Trie
            ? [.. elements.OrderBy(e => e.Key, TrieOrder.Instance)]
            : [.. elements.OrderBy(e => map.BucketOf(e.Key))]);

    /// <summary>The element after a key; the first one after null and after a key that is not in the map. Null at the end.</summary>
    public KeyValuePair<byte[], byte[]>? After(byte[]? key)
    {
        int next = key is null ? 0 : IndexOf(key) + 1;
        return next < elements.Count ? elements[next] : null;
    }

    private int IndexOf(byte[] key)
    {
        for (int i = 0; i < elements.Count; i++)
        {
            byte[] candidate = elements[i].Key;
            bool same = map.Family == LinuxMapFamily.Trie
                ? TrieOrder.Instance.Compare(candidate, key) == 0
                : candidate.AsSpan().SequenceEqual(key);
            if (same)
            {
                return i;
            }
        }

        return -1;
    }
}
