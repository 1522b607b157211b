namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>The libraries of a graded run, each compiled once, in a folder that goes with the run.</summary>
/// <param name="folder">What the student handed in.</param>
internal sealed class LabBuilds(LabFolder folder) : IDisposable
{
    private const string GivenFolder = "given";

    private readonly Dictionary<string, (string Library, string? Problem)> _built = [];
    private string? _output;

    /// <summary>Compiles a file of the folder.</summary>
    /// <param name="file">The source.</param>
    /// <param name="given">Sources of the lab's content that it needs: as <c>lab start</c> writes them, whatever the folder has.</param>
    /// <param name="library">Full path of the library.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public string? Compile(string file, IReadOnlyList<string> given, out string library) =>
        Compile(file, Path.ChangeExtension(file, ".dll"), () => [Path.GetFullPath(folder.PathOf(file)), .. Given(given)], out library);

    /// <summary>Compiles sources of the lab's content, as <c>lab start</c> writes them.</summary>
    /// <param name="given">The sources.</param>
    /// <param name="library">Full path of the library.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public string? CompileGiven(IReadOnlyList<string> given, out string library) =>
        Compile(GivenFolder, $"{GivenFolder}.dll", () => [.. Given(given)], out library);

    private string? Compile(string key, string name, Func<IReadOnlyList<string>> sources, out string library)
    {
        if (!_built.TryGetValue(key, out (string Library, string? Problem) built))
        {
            _output ??= Directory.CreateTempSubdirectory("kernelsim-lab-").FullName;
            string path = Path.Combine(_output, name);
            built = (path, CSharpCompiler.Compile(sources(), path));
            _built.Add(key, built);
        }

        library = built.Library;
        return built.Problem;
    }

    private IEnumerable<string> Given(IReadOnlyList<string> names)
    {
        string output = Path.Combine(_output!, GivenFolder);
        Directory.CreateDirectory(output);
        foreach (string name in names)
        {
            string path = Path.Combine(output, name);
            File.WriteAllText(path, LabContent.Read(folder.Lab.Name, name));
            yield return path;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_output is not null)
        {
            Directory.Delete(_output, recursive: true);
        }
    }
}
