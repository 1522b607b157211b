using System.Runtime.CompilerServices;

namespace KernelSim.Tests;

/// <summary>The repository that the tests were compiled in.</summary>
public static class Repository
{
    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(FolderOf(), "../.."));

    /// <summary>The path of a file or folder, by its parts from the root.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A text file, by its parts from the root, with line feeds only, whatever git made of them.</summary>
    public static string ReadText(params string[] parts) => File.ReadAllText(PathOf(parts)).ReplaceLineEndings("\n");

    /// <summary>The path of a file relative to the root, with forward slashes.</summary>
    public static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FolderOf([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
