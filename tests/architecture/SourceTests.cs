using KernelSim.Architecture.Tests.Sources;
using Microsoft.CodeAnalysis;

namespace KernelSim.Architecture.Tests;

public class SourceTests(SourceIndex index)
{
    [Fact]
    public void All_sources_compile() => Assert.Empty(index.Errors);

    [Fact]
    public void References_are_found_across_projects()
    {
        INamedTypeSymbol type = index.Type("KernelSim.Protocol.BpfMapType");
        Assert.EndsWith("/BpfMapType.cs", index.DeclaringFile(type).Path);
        Assert.Contains(index.FilesThatName("KernelSim.Protocol.BpfMapType.Stack"), f => f.Project == "usermode-api");
    }

    [Fact]
    public void No_type_is_named_like_a_part_of_a_namespace()
    {
        HashSet<string> parts = [.. index.Types.SelectMany(t => t.ContainingNamespace.ToDisplayString().Split('.'))];
        Assert.Empty(index.Types
            .Where(t => t.ContainingType is null && parts.Contains(t.Name))
            .Select(t => $"{index.DeclaringFile(t)}: {t.ToDisplayString()} has the name of a namespace; rename one of them."));
    }

    [Fact]
    public void No_two_types_have_names_that_differ_by_a_letter()
    {
        // Published names, which extensions use: the wire structure of a header, and the headers of the extension contract.
        HashSet<(string, string)> known = [("ExtensionHeader", "ExtensionHeaders")];
        string[] names = [.. index.Types.Where(t => t.ContainingType is null).Select(t => t.Name).Distinct().Order(StringComparer.Ordinal)];
        Assert.Empty(
            from a in names
            from b in names
            where string.CompareOrdinal(a, b) < 0 && DifferByALetter(a, b) && !known.Contains((a, b))
            select $"{a} and {b} differ by a letter; rename one of them.");
    }

    /// <summary>Whether changing, adding or removing one letter makes one name the other. The I of an interface and digits do not count.</summary>
    private static bool DifferByALetter(string a, string b)
    {
        if (a.Length == b.Length)
        {
            int[] places = [.. Enumerable.Range(0, a.Length).Where(i => a[i] != b[i])];
            return places is [int place] && !(char.IsDigit(a[place]) && char.IsDigit(b[place]));
        }

        (string less, string more) = a.Length < b.Length ? (a, b) : (b, a);
        return more.Length == less.Length + 1
            && more != "I" + less
            && Enumerable.Range(0, more.Length).Any(i => more.Remove(i, 1) == less);
    }
}
