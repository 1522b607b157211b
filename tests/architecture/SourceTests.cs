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
}
