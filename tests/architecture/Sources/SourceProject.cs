using System.Xml.Linq;

namespace KernelSim.Architecture.Tests.Sources;

/// <summary>A project: what its csproj file says, and its source files.</summary>
internal sealed class SourceProject
{
    private static readonly string[] s_implicitUsings =
    [
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Threading", "System.Threading.Tasks",
    ];

    private readonly XDocument _project;
    private readonly string _file;

    private SourceProject(string file)
    {
        _file = file;
        _project = XDocument.Load(file);
        Directory = System.IO.Path.GetDirectoryName(file)!;
        Name = Repository.Relative(Directory);
        AssemblyName = _project.Descendants("AssemblyName").Single().Value;
        Files = [.. SourceFilesBelow(Directory).Order(StringComparer.Ordinal).Select(ToSourceFile)];
    }

    /// <summary>The project's folder, relative to the repository's root.</summary>
    public string Name { get; }

    public string AssemblyName { get; }

    /// <summary>Whether it is built as a program, not as a library.</summary>
    public bool IsProgram => _project.Descendants("OutputType").Any(t => t.Value == "Exe");

    public string Directory { get; }

    public IReadOnlyList<SourceFile> Files { get; }

    /// <summary>The csproj files that this project references, as full paths.</summary>
    public IEnumerable<string> References => Items("ProjectReference").Select(i => System.IO.Path.GetFullPath(i.Replace('\\', '/'), Directory));

    public string FullPath => _file;

    /// <summary>What the build adds to the sources: global usings and the assemblies that see this one's internals.</summary>
    public string BuildSource
    {
        get
        {
            IEnumerable<string> usings = s_implicitUsings.Concat(Items("Using")).Select(u => $"global using {u};");
            IEnumerable<string> friends = Items("InternalsVisibleTo")
                .Select(f => $"[assembly: System.Runtime.CompilerServices.InternalsVisibleTo(\"{f}\")]");
            return string.Join('\n', usings.Concat(friends));
        }
    }

    /// <summary>
    /// Every project of the repository except the test projects, those without sources (a package that only brings others), and the templates,
    /// whose projects are built by those who create one.
    /// </summary>
    public static IReadOnlyList<SourceProject> FindAll() =>
    [
        .. System.IO.Directory.EnumerateDirectories(Repository.Root)
            .Where(folder => System.IO.Path.GetFileName(folder) is string name && name[0] != '.' && name != "tests")
            .SelectMany(folder => FilesBelow(folder, "*.csproj"))
            .Where(file => !Repository.Relative(file).StartsWith("packages/templates/", StringComparison.Ordinal))
            .Where(file => SourceFilesBelow(System.IO.Path.GetDirectoryName(file)!).Any())
            .Order(StringComparer.Ordinal)
            .Select(file => new SourceProject(file)),
    ];

    private static IEnumerable<string> SourceFilesBelow(string folder)
    {
        // A folder with a project file of its own belongs to that project.
        IEnumerable<string> inner = System.IO.Directory.EnumerateDirectories(folder)
            .Where(f => !IsBuildOutput(f) && !System.IO.Directory.EnumerateFiles(f, "*.csproj").Any())
            .SelectMany(SourceFilesBelow);
        return System.IO.Directory.EnumerateFiles(folder, "*.cs").Concat(inner);
    }

    private static IEnumerable<string> FilesBelow(string folder, string pattern) =>
        System.IO.Directory.EnumerateFiles(folder, pattern)
            .Concat(System.IO.Directory.EnumerateDirectories(folder).Where(f => !IsBuildOutput(f)).SelectMany(f => FilesBelow(f, pattern)));

    private static bool IsBuildOutput(string folder) => System.IO.Path.GetFileName(folder) is "bin" or "obj" or "node_modules";

    private IEnumerable<string> Items(string kind) => _project.Descendants(kind).Select(i => (string?)i.Attribute("Include")).OfType<string>();

    private SourceFile ToSourceFile(string path)
    {
        string[] parts = System.IO.Path.GetRelativePath(Directory, path).Replace('\\', '/').Split('/');
        return new SourceFile(Repository.Relative(path), Name, parts.Length > 1 ? parts[0] : null);
    }
}
