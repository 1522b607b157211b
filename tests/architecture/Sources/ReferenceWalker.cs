using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KernelSim.Architecture.Tests.Sources;

/// <summary>
/// Finds the declarations that a file refers to: by a name, a target-typed <c>new</c>, an operator, an indexer, or as a further part of a type.
/// </summary>
internal static class ReferenceWalker
{
    /// <summary>Each declaration once, with the first place that refers to it. Documentation comments do not count.</summary>
    /// <param name="model">The file.</param>
    /// <param name="unresolved">Gets the names that refer to nothing.</param>
    public static Dictionary<ISymbol, SyntaxNode> Walk(SemanticModel model, Action<SyntaxNode> unresolved)
    {
        Dictionary<ISymbol, SyntaxNode> found = new(SymbolEqualityComparer.Default);
        foreach (SyntaxNode node in model.SyntaxTree.GetRoot().DescendantNodes())
        {
            ImmutableArray<ISymbol> symbols = Named(model, node);
            if (symbols.IsEmpty && node is SimpleNameSyntax and not IdentifierNameSyntax { IsVar: true } && !IsWord(node))
            {
                unresolved(node);
            }

            foreach (ISymbol symbol in symbols)
            {
                if (Declaration(symbol) is { } declaration)
                {
                    found.TryAdd(declaration, node);
                }
            }
        }

        return found;
    }

    private static ImmutableArray<ISymbol> Named(SemanticModel model, SyntaxNode node) => node switch
    {
        IdentifierNameSyntax { IsVar: true } => [],
        SimpleNameSyntax name => Resolve(model.GetSymbolInfo(name)),
        BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax or BinaryExpressionSyntax or ConstructorInitializerSyntax
            or PrefixUnaryExpressionSyntax or CastExpressionSyntax => Resolve(model.GetSymbolInfo(node)),
        TypeDeclarationSyntax type when type.Modifiers.Any(SyntaxKind.PartialKeyword) => [model.GetDeclaredSymbol(type)!],
        _ => [],
    };

    // nameof, the constraint unmanaged, and the name that a using directive gives refer to nothing; the compiler has no
    // symbol for what the length of a fixed buffer names.
    private static bool IsWord(SyntaxNode name) =>
        name is IdentifierNameSyntax { Identifier.ValueText: "nameof" or "unmanaged" or "notnull" or "_" }
        || name.Parent is NameEqualsSyntax
        || name.FirstAncestorOrSelf<BracketedArgumentListSyntax>()?.Parent is VariableDeclaratorSyntax;

    // A method group, as nameof names it, has candidates only.
    private static ImmutableArray<ISymbol> Resolve(SymbolInfo info) => info.Symbol is { } symbol ? [symbol] : info.CandidateSymbols;

    private static ISymbol? Declaration(ISymbol symbol)
    {
        symbol = symbol switch
        {
            IAliasSymbol alias => alias.Target,
            IMethodSymbol { ReducedFrom: { } extension } => extension,
            _ => symbol,
        };
        return symbol.Kind is SymbolKind.NamedType or SymbolKind.Method or SymbolKind.Property or SymbolKind.Field or SymbolKind.Event
            ? symbol.OriginalDefinition
            : null;
    }
}
