using System.Text.RegularExpressions;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>The libraries of a graded run, each compiled once, in a folder that goes with the run.</summary>
/// <param name="folder">What the student handed in.</param>
internal sealed class LabBuilds(LabFolder folder) : IDisposable
{
    private const string GivenFolder = "given";

    /// <summary>The two words, with comments and directives between them.</summary>
    private static readonly Regex s_globalUsing = new(
        @"\bglobal(\s|//[^\r\n]*|/\*.*?\*/|#\s*if.*?#\s*endif|#[^\r\n]*)+using\b", RegexOptions.Singleline | RegexOptions.NonBacktracking);

    private readonly Dictionary<string, (string Path, string? Problem)> _built = [];
    private string? _output;

    /// <summary>Compiles a file of the folder.</summary>
    /// <param name="file">The source.</param>
    /// <param name="given">Sources of the lab's content that it needs: as <c>lab start</c> writes them, whatever the folder has.</param>
    /// <param name="library">Full path of the library.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public string? Compile(string file, IReadOnlyList<string> given, out string library) =>
        Build(
            file,
            Path.ChangeExtension(file, ".dll"),
            out library,
            output => HasGlobalUsing(file)
                ? $"{file} has a global using, expected usings of the file only"
                : CSharpCompiler.Compile([Path.GetFullPath(folder.PathOf(file)), .. Given(given)], output));

    /// <summary>Compiles sources of the lab's content, as <c>lab start</c> writes them.</summary>
    /// <param name="given">The sources.</param>
    /// <param name="library">Full path of the library.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public string? CompileGiven(IReadOnlyList<string> given, out string library) =>
        Build(GivenFolder, $"{GivenFolder}.dll", out library, output => CSharpCompiler.Compile([.. Given(given)], output));

    /// <summary>Compiles a file of the folder that is C. Where there is no compiler, the object that the folder has is taken.</summary>
    /// <param name="file">The source.</param>
    /// <param name="made">The object that the student may have made of it.</param>
    /// <param name="path">Full path of the object.</param>
    /// <returns>Why there is none; null if there is.</returns>
    public string? CompileC(string file, string made, out string path)
    {
        string own = Path.GetFullPath(folder.PathOf(made));
        return Build(file, Path.ChangeExtension(file, ".o"), out path, output =>
        {
            string source = Path.GetFullPath(folder.PathOf(file));
            if (!File.Exists(source))
            {
                return $"there is no {file}";
            }

            if (ClangCompiler.Exists)
            {
                return ClangCompiler.Compile(source, output);
            }

            if (!File.Exists(own))
            {
                return $"there is neither clang nor {made}: install clang, name it in CLANG, or compile {file} elsewhere";
            }

            File.Copy(own, output);
            return null;
        });
    }

    /// <summary>Whether a source may change what names mean in the given ones that it is compiled with.</summary>
    private bool HasGlobalUsing(string file) => folder.TryRead(file, out string text, out _) && s_globalUsing.IsMatch(text);

    private string? Build(string key, string name, out string path, Func<string, string?> compile)
    {
        if (!_built.TryGetValue(key, out (string Path, string? Problem) built))
        {
            _output ??= Directory.CreateTempSubdirectory("kernelsim-lab-").FullName;
            string output = Path.Combine(_output, name);
            built = (output, compile(output));
            _built.Add(key, built);
        }

        path = built.Path;
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
