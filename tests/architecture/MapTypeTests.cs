using KernelSim.Architecture.Tests.Sources;
using KernelSim.Protocol;
using Microsoft.CodeAnalysis;

namespace KernelSim.Architecture.Tests;

/// <summary>
/// A map type is a row of the protocol, and in the driver one file and one row: no other code of them names a particular type, or the class of
/// one. Code that treats types differently uses the columns of their rows. Each exception says why it is about that type and no column.
/// </summary>
public class MapTypeTests(SourceIndex index)
{
    private const string TypeName = "KernelSim.Protocol.BpfMapType";
    private const string Driver = "kernel-sim/ebpfcore";
    private const string ProtocolTable = "MapTypeTable.cs";
    private const string CreatorTable = Driver + "/Maps/MapCreatorTable.cs";

    // How a debugger reads what the maps of a class hold: a table of its own, outside of the driver.
    private const string StoreTable = "tools/debugger/Stores/MapStores.cs";

    private static readonly Dictionary<string, string> s_namesType = new()
    {
        [$"{Driver}/Maps/Custom/CustomStoreTable.cs names Array"] = "The stores of custom maps are a table of their own, by base type.",
        [$"{Driver}/Maps/Custom/CustomStoreTable.cs names Hash"] = "The same.",
        [$"{Driver}/Maps/Custom/CustomStoreTable.cs names LpmTrie"] = "The same.",
        [$"{Driver}/Maps/Custom/CustomStoreTable.cs names LruHash"] = "The same.",
        [$"{Driver}/Maps/Custom/MapProvider.cs names Hash"] = "Upstream's only base type: the number that a refusal expects.",
        [$"{Driver}/Maps/Custom/MapProviderData.cs names Hash"] = "Upstream's only base type: the default.",
        [$"{Driver}/Native/NativeMapSetup.cs names ProgArray"] = "The number that the refusal of initial values expects.",
    };

    private static readonly Dictionary<string, string> s_namesClass = new()
    {
        [$"{Driver}/Programs/Helpers/RingHelpers.cs names PerfEventArrayMap"] = "bpf_perf_event_output writes to this type only.",
        [$"{Driver}/Programs/Helpers/RingHelpers.cs names RingBufferMap"] = "bpf_ringbuf_output writes to this type only.",
    };

    [Fact]
    public void Each_type_that_the_driver_implements_has_one_row_there() =>
        Assert.Equal(
            MapTypeTable.All.ToArray().Where(t => t is { IsCreatable: true, IsCustom: false }).Select(t => t.Type.ToString()),
            index.References.Where(r => r.From.Path == CreatorTable && IsMapType(r.Symbol)).OrderBy(r => r.Line).Select(r => r.Symbol.Name));

    [Fact]
    public void No_other_code_names_a_map_type()
    {
        IEnumerable<string> found = index.References
            .Where(r => IsMapType(r.Symbol) && r.Symbol.Name != nameof(BpfMapType.Unspec))
            .Where(r => r.From.Project == r.To.Project || r.From.Project == Driver)
            .Where(r => r.From.Path != CreatorTable && Path.GetFileName(r.From.Path) != ProtocolTable)
            .Select(r => $"{r.From} names {r.Symbol.Name}");
        AssertSame(s_namesType, found);
    }

    [Fact]
    public void No_other_code_of_the_driver_names_the_class_of_a_map_type()
    {
        INamedTypeSymbol[] classes =
        [
            .. index.References.Where(r => r.From.Path == CreatorTable).Select(r => r.Symbol).OfType<INamedTypeSymbol>().Where(IsMap),
        ];
        Assert.NotEmpty(classes);
        IEnumerable<string> found = index.References
            .Where(r => classes.Contains(r.Symbol, SymbolEqualityComparer.Default) && r.From.Path is not (CreatorTable or StoreTable))
            .Where(r => !DeclaresDerivedClass(r.From, r.Symbol))
            .Select(r => $"{r.From} names {r.Symbol.Name}");
        AssertSame(s_namesClass, found);
    }

    private static bool IsMapType(ISymbol symbol) => symbol is IFieldSymbol field && SourceIndex.FullName(field.ContainingType) == TypeName;

    private static bool IsMap(INamedTypeSymbol type) => type.BaseType is { } parent && (parent.Name == "EbpfMap" || IsMap(parent));

    private static void AssertSame(Dictionary<string, string> reasons, IEnumerable<string> found)
    {
        string[] unexplained = [.. found.Except(reasons.Keys)];
        string[] gone = [.. reasons.Keys.Except(found)];
        Assert.True(
            unexplained.Length == 0 && gone.Length == 0,
            $"Use a column of the type's row, or add a reason here:\n{string.Join('\n', unexplained)}\n"
            + $"No longer so, delete the reason:\n{string.Join('\n', gone)}");
    }

    private bool DeclaresDerivedClass(SourceFile file, ISymbol type) =>
        index.Types.Any(t => SymbolEqualityComparer.Default.Equals(t.BaseType, type) && index.DeclaringFile(t) == file);
}
