using KernelSim.Architecture.Tests.Sources;
using KernelSim.Protocol;
using Microsoft.CodeAnalysis;

namespace KernelSim.Architecture.Tests;

/// <summary>
/// A map type is one file and one row in the driver, and one row in the protocol: no other code names a particular type, or the class of one.
/// Each exception says why the code is about that type and not about a trait of its row.
/// </summary>
public class MapTypeTests(SourceIndex index)
{
    private const string TypeName = "KernelSim.Protocol.BpfMapType";
    private const string Driver = "kernel-sim/ebpfcore";
    private const string CreatorTable = Driver + "/Maps/MapCreatorTable.cs";

    private static readonly string[] s_rows = [CreatorTable, "ioctl-proto/Maps/MapTypeTable.cs"];

    /// <summary>Files outside of the rows that name a type, by the type.</summary>
    private static readonly Dictionary<(string File, string Type), string> s_namesType = new()
    {
    };

    /// <summary>Files outside of the row that name the class of a type.</summary>
    private static readonly Dictionary<(string File, string Class), string> s_namesClass = new()
    {
    };

    [Fact]
    public void No_code_but_its_row_names_a_map_type()
    {
        (string, string)[] found =
        [
            .. Enum.GetNames<BpfMapType>().Where(name => name != nameof(BpfMapType.Unspec)).SelectMany(name =>
                index.FilesThatName($"{TypeName}.{name}")
                    .Where(f => f.Project.StartsWith("ioctl-proto", StringComparison.Ordinal) || f.Project == Driver)
                    .Where(f => !s_rows.Contains(f.Path))
                    .Select(f => (f.Path, name))),
        ];
        Assert.Equal(s_namesType.Keys.Order(), found.Order());
    }

    [Fact]
    public void No_code_but_its_row_names_the_class_of_a_map_type()
    {
        INamedTypeSymbol[] classes =
        [
            .. index.References.Where(r => r.From.Path == CreatorTable).Select(r => r.Symbol).OfType<INamedTypeSymbol>().Where(IsMap),
        ];
        (string, string)[] found =
        [
            .. classes.SelectMany(c => index.References
                .Where(r => r.Symbol.Equals(c, SymbolEqualityComparer.Default) && r.From.Path != CreatorTable)
                .Select(r => (r.From.Path, c.Name))),
        ];
        Assert.Equal(s_namesClass.Keys.Order(), found.Order());
        Assert.NotEmpty(classes);
    }

    private static bool IsMap(INamedTypeSymbol type) => type.Name == "EbpfMap" || (type.BaseType is { } parent && IsMap(parent));
}
