using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KernelSim.Architecture.Tests.Sources;

/// <summary>
/// Which file declares a type or a member, and which files refer to it, over the sources of all assemblies outside of <c>tests</c>. Names are
/// full names without parameters: <c>KernelSim.Protocol.BpfMapType.Hash</c>.
/// </summary>
public sealed class SourceIndex
{
    private readonly Dictionary<string, SourceFile> _files;
    private readonly ILookup<string, SourceReference> _references;
    private readonly Dictionary<string, INamedTypeSymbol> _types;

    /// <summary>Compiles all sources.</summary>
    public SourceIndex()
    {
        IReadOnlyList<SourceProject> projects = SourceProject.FindAll();
        SourceCompiler compiler = new(projects);
        CSharpCompilation[] compilations = [.. projects.Select(compiler.Compile)];
        Files = [.. projects.SelectMany(p => p.Files)];
        _files = Files.ToDictionary(f => f.Path);
        ConcurrentBag<string> errors =
        [
            .. compilations.SelectMany(c => c.GetDeclarationDiagnostics())
                .Where(d => d.Severity == DiagnosticSeverity.Error)
                .Select(d => d.ToString()),
        ];

        ConcurrentBag<SourceReference> references = [];
        Parallel.ForEach(
            compilations.SelectMany(c => c.SyntaxTrees, (c, tree) => (c, tree)).Where(t => _files.ContainsKey(t.tree.FilePath)),
            t =>
            {
                SourceFile from = _files[t.tree.FilePath];
                void Unresolved(SyntaxNode name) => errors.Add($"{from.Path}:{LineOf(name)} names {name}, which does not resolve.");
                foreach ((ISymbol symbol, SyntaxNode node) in ReferenceWalker.Walk(t.c.GetSemanticModel(t.tree), Unresolved))
                {
                    if (FileOf(symbol, from) is { } to && to != from)
                    {
                        references.Add(new SourceReference(from, LineOf(node), symbol, to));
                    }
                }
            });
        Errors = [.. errors.Order(StringComparer.Ordinal)];
        References = [.. references.OrderBy(r => r.From.Path, StringComparer.Ordinal).ThenBy(r => r.Line)];
        _references = References.ToLookup(r => FullName(r.Symbol));
        _types = compilations.SelectMany(c => TypesOf(c.Assembly.GlobalNamespace))
            .Where(t => FileOf(t, null) is not null)
            .GroupBy(FullName)
            .ToDictionary(g => g.Key, g => g.First());
    }

    /// <summary>All source files.</summary>
    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>Errors of the compilation: a name that does not resolve would hide a reference.</summary>
    public IReadOnlyList<string> Errors { get; }

    /// <summary>Every reference from one file to a declaration of another, once for each file and declaration.</summary>
    public IReadOnlyList<SourceReference> References { get; }

    /// <summary>Every type that a source file declares, nested ones too.</summary>
    public IEnumerable<INamedTypeSymbol> Types => _types.Values;

    /// <summary>The type of a full name.</summary>
    public INamedTypeSymbol Type(string fullName) =>
        _types.TryGetValue(fullName, out INamedTypeSymbol? type) ? type : throw new ArgumentException($"No source file declares {fullName}.");

    /// <summary>The file that declares a type or member; of a partial type the file that is named after it.</summary>
    public SourceFile DeclaringFile(ISymbol symbol) => FileOf(symbol, null) ?? throw new ArgumentException($"No source file declares {symbol}.");

    /// <summary>The files, other than its own, that refer to a type, a member, or any overload of a method.</summary>
    public IReadOnlyList<SourceFile> FilesThatName(string fullName) => [.. _references[fullName].Select(r => r.From).Distinct()];

    /// <summary>The full name of a type or member, without parameters.</summary>
    public static string FullName(ISymbol symbol) => symbol.ContainingSymbol is { } container and not INamespaceSymbol { IsGlobalNamespace: true }
        && symbol is not IModuleSymbol
            ? $"{FullName(container)}.{symbol.Name}"
            : symbol.Name;

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(m => m is INamedTypeSymbol type ? TypesOf(m).Prepend(type) : TypesOf(m));

    // A reference to a type that stands in several files is to the nearest: the same folder's, else the file that is named after the type.
    private SourceFile? FileOf(ISymbol symbol, SourceFile? from)
    {
        SourceFile[] files =
        [
            .. symbol.Locations.Where(l => l.IsInSource).Select(l => _files.GetValueOrDefault(l.SourceTree!.FilePath)).OfType<SourceFile>(),
        ];
        return files.Length < 2
            ? files.FirstOrDefault()
            : files.FirstOrDefault(f => f != from && from is not null && f.Project == from.Project && f.Folder == from.Folder)
                ?? files.FirstOrDefault(f => Path.GetFileNameWithoutExtension(f.Path) == symbol.Name)
                ?? files.MinBy(f => f.Path, StringComparer.Ordinal);
    }
}
