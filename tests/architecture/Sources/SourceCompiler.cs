using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace KernelSim.Architecture.Tests.Sources;

/// <summary>Compiles the projects from their sources, one against the other, so that a symbol is the same in all of them.</summary>
internal sealed class SourceCompiler
{
    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.Latest, DocumentationMode.None);

    // Nullability decides no reference, and its analysis takes half of the time.
    private static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Annotations);

    private readonly Dictionary<string, SourceProject> _projects;
    private readonly Dictionary<string, CSharpCompilation> _compiled = [];
    private readonly MetadataReference[] _platform;
    private readonly ISourceGenerator[] _generators;

    public SourceCompiler(IReadOnlyList<SourceProject> projects)
    {
        _projects = projects.ToDictionary(p => p.FullPath);

        // The framework and the packages, as they run here; never the projects themselves.
        HashSet<string> ours = [.. projects.Select(p => p.AssemblyName), typeof(SourceCompiler).Assembly.GetName().Name!];
        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        _platform =
        [
            .. platform.Split(Path.PathSeparator)
                .Where(path => !ours.Contains(Path.GetFileNameWithoutExtension(path)))
                .Select(path => MetadataReference.CreateFromFile(path)),
        ];

        string generators = typeof(SourceCompiler).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(a => a.Key == "SourceGenerators").Value!;
        _generators =
        [
            .. generators.Split(';').SelectMany(path => new AnalyzerFileReference(path, new GeneratorLoader()).GetGenerators(LanguageNames.CSharp)),
        ];
    }

    public CSharpCompilation Compile(SourceProject project)
    {
        if (_compiled.TryGetValue(project.FullPath, out CSharpCompilation? known))
        {
            return known;
        }

        IEnumerable<MetadataReference> references = WithThoseItBrings(project).Select(p => (MetadataReference)Compile(p).ToMetadataReference());
        CSharpCompilation compilation = CSharpCompilation.Create(
            project.AssemblyName,
            project.Files.AsParallel().AsOrdered().Select(Parse).Append(CSharpSyntaxTree.ParseText(project.BuildSource, s_parse)),
            _platform.Concat(references),
            s_options.WithOutputKind(project.IsProgram ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary));
        CSharpGeneratorDriver.Create(_generators, parseOptions: s_parse).RunGeneratorsAndUpdateCompilation(compilation, out Compilation all, out _);
        return _compiled[project.FullPath] = (CSharpCompilation)all;
    }

    private static SyntaxTree Parse(SourceFile file)
    {
        using FileStream stream = File.OpenRead(Repository.PathOf(file.Path));
        return CSharpSyntaxTree.ParseText(SourceText.From(stream, Encoding.UTF8), s_parse, file.Path);
    }

    private HashSet<SourceProject> WithThoseItBrings(SourceProject project)
    {
        HashSet<SourceProject> found = [];
        Queue<string> next = new(project.References);
        while (next.TryDequeue(out string? path))
        {
            if (found.Add(_projects[path]))
            {
                foreach (string further in _projects[path].References)
                {
                    next.Enqueue(further);
                }
            }
        }

        return found;
    }

    private sealed class GeneratorLoader : IAnalyzerAssemblyLoader
    {
        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }
}
