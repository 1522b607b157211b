using System.IO.Compression;
using System.Text.RegularExpressions;
using KernelSim.Packages.Tests.Feed;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KernelSim.Packages.Tests.Pages;

/// <summary>Compiles code as a project with implicit usings does that references the packages.</summary>
public sealed partial class PageCompiler
{
    private const string ImplicitUsings =
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """;

    private readonly MetadataReference[] _references;

    /// <summary>References every library of the feed, the framework, and xunit, for code of tests.</summary>
    public PageCompiler(PackedFeed feed)
    {
        ArgumentNullException.ThrowIfNull(feed);
        if (!feed.IsPacked)
        {
            _references = [];
            return;
        }

        string platform = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        _references =
        [
            .. platform.Split(Path.PathSeparator)
                .Where(p => Path.GetDirectoryName(p) == framework || Path.GetFileName(p).StartsWith("xunit.v3.", StringComparison.Ordinal))
                .Select(p => MetadataReference.CreateFromFile(p)),
            .. Directory.EnumerateFiles(feed.Packages, "*.nupkg").SelectMany(Libraries),
        ];
    }

    /// <summary>Compiles a whole file: a program if it has statements, otherwise types.</summary>
    /// <returns>The errors.</returns>
    public string[] CompileFile(string code) => Compile(
        [code],
        CSharpSyntaxTree.ParseText(code).GetCompilationUnitRoot().Members.Any(m => m is GlobalStatementSyntax)
            ? OutputKind.ConsoleApplication
            : OutputKind.DynamicallyLinkedLibrary);

    /// <summary>Compiles source files into a library; those that a page shows parts of, with the usings that the page shows.</summary>
    /// <param name="files">Paths relative to the repository's root.</param>
    /// <param name="shown">The files of which the page shows parts.</param>
    /// <param name="usings">The using directives on the page.</param>
    /// <returns>The errors.</returns>
    public string[] CompileSources(IEnumerable<string> files, IReadOnlySet<string> shown, string usings) => Compile(
        files.Select(f => (File: f, Text: Repository.ReadText(f)))
            .Select(f => shown.Contains(f.File) ? usings + "\n" + Using().Replace(f.Text, string.Empty) : f.Text),
        OutputKind.DynamicallyLinkedLibrary);

    private string[] Compile(IEnumerable<string> sources, OutputKind kind)
    {
        CSharpParseOptions parse = new(LanguageVersion.Latest, DocumentationMode.None);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Page",
            sources.Prepend(ImplicitUsings).Select(s => CSharpSyntaxTree.ParseText(s, parse)),
            _references,
            new CSharpCompilationOptions(kind, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));
        return [.. compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString())];
    }

    private static IEnumerable<MetadataReference> Libraries(string package)
    {
        using ZipArchive archive = ZipFile.OpenRead(package);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (Path.GetExtension(entry.Name) != ".dll" || !entry.FullName.StartsWith("lib/", StringComparison.Ordinal))
            {
                continue;
            }

            using Stream stream = entry.Open();
            using MemoryStream bytes = new();
            stream.CopyTo(bytes);
            yield return MetadataReference.CreateFromImage(bytes.ToArray());
        }
    }

    [GeneratedRegex(@"^using [\w. ]+;\n", RegexOptions.Multiline)]
    private static partial Regex Using();
}
