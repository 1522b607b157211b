namespace KernelSim.Tracing.Tests.Support;

/// <summary>Files of the repository that the tests were built from.</summary>
internal static class Repository
{
    /// <summary>What to do about a file that is made from the providers and is not what they make.</summary>
    public const string HowToWrite = "Run the tests of tests/etw-manifests with " + WriteSwitch + "=1 to write it anew.";

    private const string WriteSwitch = "KERNELSIM_WRITE_MANIFESTS";

    private static readonly string s_root = FindRoot();

    public static string PathOf(params string[] parts) => Path.Combine([s_root, .. parts]);

    /// <summary>A text file with line feeds only, whatever git made of them.</summary>
    public static string ReadText(string path) => WithLineFeeds(File.ReadAllText(path));

    public static string WithLineFeeds(string text) => text.ReplaceLineEndings("\n");

    /// <summary>Writes a file that is made from the providers, if the one who runs the tests asked for that.</summary>
    public static void WriteIfAsked(string path, string text)
    {
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            File.WriteAllText(path, text);
        }
    }

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
