using KernelSim.Architecture.Tests.Sources;
using KernelSim.Protocol;
using Microsoft.CodeAnalysis;

namespace KernelSim.Architecture.Tests;

/// <summary>
/// In the protocol an operation is its id, one file with the shapes of its messages, and one row.
/// </summary>
public class OperationTests(SourceIndex index)
{
    private const string IdName = "KernelSim.Protocol.EbpfOperationId";
    private const string Protocol = "ioctl-proto/protocol";
    private const string Table = Protocol + "/Operations/OperationTable.cs";
    private const string Shapes = Protocol + "/Messages/";

    [Fact]
    public void No_code_of_the_protocol_but_its_row_names_an_operation()
    {
        Assert.Empty(Enum.GetNames<EbpfOperationId>()
            .SelectMany(name => index.FilesThatName($"{IdName}.{name}").Where(f => f.Project == Protocol).Select(f => $"{f.Path} {name}"))
            .Except(Enum.GetNames<EbpfOperationId>().Select(name => $"{Table} {name}")));
    }

    [Fact]
    public void Request_and_reply_of_an_operation_share_a_file_that_has_its_name()
    {
        INamedTypeSymbol[] shapes =
        [
            .. index.References.Where(r => r.From.Path == Table && r.To.Path.StartsWith(Shapes, StringComparison.Ordinal))
                .Select(r => r.Symbol).OfType<INamedTypeSymbol>(),
        ];
        Assert.NotEmpty(shapes);
        Assert.Empty(shapes
            .Where(t => t.Name != Stem(t) + "Request" && t.Name != Stem(t) + "Reply")
            .Select(t => $"{t.Name} is declared in {index.DeclaringFile(t)}"));
    }

    private string Stem(INamedTypeSymbol type) => Path.GetFileNameWithoutExtension(index.DeclaringFile(type).Path);
}
