using Microsoft.CodeAnalysis;

namespace KernelSim.Architecture.Tests.Sources;

/// <summary>The first place in a file that refers to a declaration.</summary>
/// <param name="From">The file that refers to it.</param>
/// <param name="Line">The line of that file, from 1.</param>
/// <param name="Symbol">What it refers to: a type or a member that a source file declares.</param>
/// <param name="To">The file that declares it.</param>
public sealed record SourceReference(SourceFile From, int Line, ISymbol Symbol, SourceFile To)
{
    /// <inheritdoc/>
    public override string ToString() =>
        $"{From.Path}:{Line} names {Symbol.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat)} of {To.Path}";
}
