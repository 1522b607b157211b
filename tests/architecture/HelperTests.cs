using KernelSim.Architecture.Tests.Sources;
using KernelSim.Protocol;
using Microsoft.CodeAnalysis;

namespace KernelSim.Architecture.Tests;

/// <summary>
/// A helper is an id, one file and one row in the driver: no other code of the driver names a particular helper, by its id or its body. C#
/// programs call it by a member of <c>EbpfProgramContext</c>.
/// </summary>
public class HelperTests(SourceIndex index)
{
    private const string IdName = "KernelSim.Protocol.BpfFuncId";
    private const string Driver = "kernel-sim/ebpfcore";
    private const string Folder = Driver + "/Programs/Helpers/";
    private const string Table = Folder + "HelperTable.cs";

    [Fact]
    public void A_helper_has_one_row_and_the_rows_are_in_the_order_of_the_ids()
    {
        IEnumerable<object?> rows = index.References
            .Where(r => r.From.Path == Table && r.Symbol is IFieldSymbol && SourceIndex.FullName(r.Symbol.ContainingType) == IdName)
            .OrderBy(r => r.Line)
            .Select(r => ((IFieldSymbol)r.Symbol).ConstantValue);
        Assert.Equal(Enum.GetValues<BpfFuncId>().Select(id => (object?)(uint)id), rows);
    }

    [Fact]
    public void No_other_code_of_the_driver_names_a_helper()
    {
        IEnumerable<string> found = Enum.GetNames<BpfFuncId>()
            .SelectMany(name => index.FilesThatName($"{IdName}.{name}").Select(f => (File: f, name)))
            .Where(f => f.File.Project == Driver && f.File.Path != Table && !IsMemberOfContext(f.File) && !BodiesIn(f.File).Contains(f.name))
            .Select(f => $"{f.File} names {f.name}");
        Assert.Empty(found);
    }

    [Fact]
    public void Bodies_are_called_by_their_row_and_by_the_members_of_the_context()
    {
        SourceReference[] bodies = [.. index.References.Where(r => r.To.Path.StartsWith(Folder, StringComparison.Ordinal) && IsBody(r.Symbol))];
        Assert.NotEmpty(bodies);
        Assert.DoesNotContain(bodies, r => r.From.Path != Table && !IsMemberOfContext(r.From));
    }

    private static bool IsMemberOfContext(SourceFile file) =>
        file.Path.StartsWith(Driver + "/Programs/EbpfProgramContext.", StringComparison.Ordinal);

    private IEnumerable<string> BodiesIn(SourceFile file) =>
        index.References.Where(r => r.From.Path == Table && r.To == file && r.Symbol is IMethodSymbol).Select(r => r.Symbol.Name);

    /// <summary>A method of a class that a row of the table names.</summary>
    private bool IsBody(ISymbol symbol) =>
        symbol is IMethodSymbol { IsStatic: true } && index.References.Any(r =>
            r.From.Path == Table && r.Symbol is IMethodSymbol row && row.ContainingType.Equals(symbol.ContainingType, SymbolEqualityComparer.Default)
            && row.ContainingType.TypeKind == TypeKind.Class);
}
