namespace KernelSim.LabScripts.Output;

/// <summary>Guesses which word the user meant. Every "did you mean" of the tool comes from here.</summary>
internal static class NearestWords
{
    private const int MostOffered = 4;

    /// <summary>The fewest letters that stand for a longer word.</summary>
    private const int ShortestPart = 3;

    /// <summary>Prefixes that users often omit.</summary>
    private static readonly string[] s_prefixes = ["EBPF_", "STATUS_", "ERROR_"];

    /// <summary>The end of a complaint: <c>; did you mean 'script'?</c>, or nothing if no known word is near.</summary>
    /// <param name="word">The word given.</param>
    /// <param name="known">The words that were possible.</param>
    public static string Hint(string word, IEnumerable<string> known) => Hint(To(word, known));

    /// <summary>The end of a complaint that offers these words; nothing if there are none.</summary>
    public static string Hint(IReadOnlyList<string> near) =>
        near.Count == 0 ? "" : $"; did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?";

    /// <summary>
    /// The known words with the smallest distance, whatever their case; none if all are far off. A word of which the user gave a part is one
    /// step away, however long it is.
    /// </summary>
    public static IReadOnlyList<string> To(string word, IEnumerable<string> known)
    {
        (string Word, int Distance)[] near =
            [.. known.Distinct().Select(k => (k, DistanceTo(k, word))).Where(c => c.Item2 <= FarthestFrom(word.Length))];
        return
        [
            .. near
                .Where(c => c.Distance == near.Min(n => n.Distance))
                .OrderBy(c => c.Word.StartsWith(word, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
                .ThenBy(c => c.Word.Length)
                .ThenBy(c => c.Word, StringComparer.Ordinal)
                .Select(c => c.Word)
                .Take(MostOffered),
        ];
    }

    /// <summary>How many slips are likely in a word: more of them make nearly any word of a short one.</summary>
    private static int FarthestFrom(int length) => length switch
    {
        < 4 => 1,
        < 8 => 2,
        < 16 => 3,
        _ => 4,
    };

    private static int DistanceTo(string known, string word)
    {
        string upper = known.ToUpperInvariant();
        string given = word.ToUpperInvariant();
        string bare = s_prefixes.FirstOrDefault(upper.StartsWith) is { } prefix ? upper[prefix.Length..] : upper;
        int distance = Math.Min(Distance(given, upper), Distance(given, bare));
        return word.Length >= ShortestPart && upper.Contains(given, StringComparison.Ordinal) ? Math.Min(distance, 1) : distance;
    }

    /// <summary>
    /// The number of letters to insert, delete, replace or swap with their neighbour to make one word the other: the distance of Damerau and
    /// Levenshtein, no letter moved twice.
    /// </summary>
    private static int Distance(string a, string b)
    {
        // At least that many letters are missing, which spares the table for words that are too long to be near.
        int missing = Math.Abs(a.Length - b.Length);
        if (missing > FarthestFrom(a.Length))
        {
            return missing;
        }

        // The last three rows of the table of distances between the starts of both words.
        int[] beforeLast = [];
        int[] last = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] row = new int[b.Length + 1];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(last[j], row[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    row[j] = Math.Min(row[j], beforeLast[j - 2] + 1);
                }
            }

            (beforeLast, last) = (last, row);
        }

        return last[b.Length];
    }
}
