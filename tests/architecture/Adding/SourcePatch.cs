namespace KernelSim.Architecture.Tests.Adding;

/// <summary>A unified diff, as <c>git diff</c> prints it: the changes of some files.</summary>
internal sealed record SourcePatch(string Name, IReadOnlyList<FilePatch> Files)
{
    private const string Folder = "samples/adding";

    public static IEnumerable<string> FindAll() =>
        Directory.EnumerateFiles(Repository.PathOf(Folder), "*.patch").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    public static SourcePatch Read(string name) => new(name, [.. Parse(Repository.ReadText(Folder, name))]);

    /// <exception cref="FormatException">The text is not a diff that adds to files.</exception>
    public static IEnumerable<FilePatch> Parse(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        int at = 0;
        while (at < lines.Length)
        {
            Take("diff --git ");
            bool isNew = lines[at].StartsWith("new file mode ", StringComparison.Ordinal);
            at += isNew ? 1 : 0;
            string from = Take("--- ");
            string path = Take("+++ b/");
            if (from != (isNew ? "/dev/null" : "a/" + path))
            {
                throw new FormatException($"line {at - 1}: '--- {from}' given, expected the same file as '+++ b/{path}', or a new file");
            }

            List<PatchHunk> hunks = [];
            while (at < lines.Length && lines[at].StartsWith("@@ ", StringComparison.Ordinal))
            {
                string header = lines[at++];
                int start = at;
                while (at < lines.Length && lines[at] is ['+' or ' ', ..])
                {
                    at++;
                }

                hunks.Add(PatchHunk.Parse(header, lines[start..at]));
            }

            yield return new FilePatch(path, isNew, hunks);
        }

        string Take(string start) => at < lines.Length && lines[at].StartsWith(start, StringComparison.Ordinal)
            ? lines[at++][start.Length..]
            : throw new FormatException($"line {at + 1}: '{(at < lines.Length ? lines[at] : "the end")}' given, expected '{start}...'");
    }
}

/// <summary>The lines that a patch adds to one file.</summary>
internal sealed record FilePatch(string Path, bool IsNew, IReadOnlyList<PatchHunk> Hunks)
{
    public override string ToString() => Path;
}
