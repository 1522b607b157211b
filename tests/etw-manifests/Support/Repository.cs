namespace KernelSim.Tracing.Tests.Support;

/// <summary>Files of the repository that the tests were built from.</summary>
internal static class Repository
{
    private static readonly string s_root = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([s_root, .. parts]);

    /// <summary>A text file with line feeds only, whatever git made of them.</summary>
    public static string ReadText(string path) => WithLineFeeds(File.ReadAllText(path));

    public static string WithLineFeeds(string text) => text.ReplaceLineEndings("\n");

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KernelSim.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException($"No KernelSim.sln above {AppContext.BaseDirectory}.");
    }
}
