namespace KernelSim.Architecture.Tests;

/// <summary>The one rule of <c>dotnet format</c> that neither a build nor its pass for white space checks.</summary>
public sealed class UsingOrderTests
{
    private static readonly string[] s_built = ["bin", "obj", "artifacts", ".git"];

    [Fact]
    public void Using_directives_stand_in_the_order_that_the_formatter_gives_them()
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.Root, "*.cs", SearchOption.AllDirectories)
            .Select(Repository.Relative)
            .Where(f => !f.Split('/').Any(s_built.Contains))];
        Assert.True(files.Length > 500, $"{files.Length} sources found");
        Assert.Empty(
            from file in files
            let given = UsingsOf(file)
            let expected = given.Order(Comparer<string>.Create(Compare)).ToArray()
            where !given.SequenceEqual(expected)
            select $"{file}: the directives are {string.Join("; ", given)}; expected {string.Join("; ", expected)}");
    }

    [Theory]
    [InlineData("System.Text", "KernelSim.Gate")]
    [InlineData("System", "System.Text")]
    [InlineData("KernelSim.Nt", "KernelSim.Nt.Ke")]
    [InlineData("KernelSim.Nt.Ke", "KernelSim.NtTests")]
    [InlineData("Xunit", "static System.Math")]
    [InlineData("static System.Math", "Word = System.String")]
    public void One_directive_stands_before_another(string first, string second)
    {
        Assert.True(Compare(first, second) < 0);
        Assert.True(Compare(second, first) > 0);
    }

    /// <summary>What a file's directives name, without the keyword: those that are global apply elsewhere and have an order of their own.</summary>
    private static string[] UsingsOf(string file) =>
    [
        .. File.ReadLines(Repository.PathOf(file))
            .TakeWhile(l => l.Length == 0 || l.StartsWith("using ", StringComparison.Ordinal) || l.StartsWith("//", StringComparison.Ordinal))
            .Where(l => l.StartsWith("using ", StringComparison.Ordinal) && l.EndsWith(';'))
            .Select(l => l["using ".Length..^1]),
    ];

    /// <summary>Namespaces, then static classes, then aliases; in each <c>System</c> first, the rest name by name.</summary>
    private static int Compare(string a, string b)
    {
        int kinds = KindOf(a).CompareTo(KindOf(b));
        if (kinds != 0)
        {
            return kinds;
        }

        string[] left = NameOf(a);
        string[] right = NameOf(b);
        if ((left[0] == "System") != (right[0] == "System"))
        {
            return left[0] == "System" ? -1 : 1;
        }

        return left.Zip(right, (l, r) => string.Compare(l, r, StringComparison.OrdinalIgnoreCase)).FirstOrDefault(c => c != 0) is int names and not 0
            ? names
            : left.Length.CompareTo(right.Length);
    }

    private static int KindOf(string directive) =>
        directive.StartsWith("static ", StringComparison.Ordinal) ? 1 : directive.Contains('=', StringComparison.Ordinal) ? 2 : 0;

    /// <summary>The parts of the name by which a directive is sorted: an alias's own.</summary>
    private static string[] NameOf(string directive) => directive.Replace("static ", "", StringComparison.Ordinal).Split('=')[0].Trim().Split('.');
}
