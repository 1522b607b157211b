namespace KernelSim.Tool.CommandLine;

/// <summary>Guesses which word the user meant.</summary>
internal static class NearestWords
{
    private const int MostOffered = 4;

    /// <summary>Prefixes that users often omit.</summary>
    private static readonly string[] s_prefixes = ["EBPF_", "STATUS_", "ERROR_"];

    /// <summary>The known words with the smallest edit distance; none if all are far off.</summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> known)
    {
        int limit = Math.Max(2, word.Length / 3);
        return
        [
            .. known
                .Select(k => (Word: k, Distance: DistanceTo(k, word)))
                .Where(c => c.Distance <= limit)
                .OrderBy(c => c.Distance)
                .ThenBy(c => c.Word.Length)
                .ThenBy(c => c.Word, StringComparer.Ordinal)
                .Select(c => c.Word)
                .Take(MostOffered),
        ];
    }

    private static int DistanceTo(string known, string word)
    {
        if (word.Length > 2 && known.Contains(word, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        string upper = known.ToUpperInvariant();
        string bare = s_prefixes.FirstOrDefault(upper.StartsWith) is { } prefix ? upper[prefix.Length..] : upper;
        return Math.Min(Distance(word.ToUpperInvariant(), upper), Distance(word.ToUpperInvariant(), bare));
    }

    /// <summary>The number of insertions, deletions and replacements between two words.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
