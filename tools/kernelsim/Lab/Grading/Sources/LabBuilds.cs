namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>The libraries of a graded run, each compiled once, in a folder that goes with the run.</summary>
/// <param name="folder">What the student handed in.</param>
internal sealed class LabBuilds(LabFolder folder) : IDisposable
{
    private readonly Dictionary<string, (string Library, string? Problem)> _built = [];
    private string? _output;

    /// <summary>Compiles a file of the folder.</summary>
    /// <param name="file">The source.</param>
    /// <param name="library">Full path of the library.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public string? Compile(string file, out string library)
    {
        if (!_built.TryGetValue(file, out (string Library, string? Problem) built))
        {
            _output ??= Directory.CreateTempSubdirectory("kernelsim-lab-").FullName;
            string path = Path.Combine(_output, Path.ChangeExtension(file, ".dll"));
            built = (path, CSharpCompiler.Compile([Path.GetFullPath(folder.PathOf(file))], path));
            _built.Add(file, built);
        }

        library = built.Library;
        return built.Problem;
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
