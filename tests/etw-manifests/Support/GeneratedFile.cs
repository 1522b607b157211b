namespace KernelSim.Tracing.Tests.Support;

/// <summary>Files that are made from the providers.</summary>
internal static class GeneratedFile
{
    /// <summary>What to do about a file that is not what the providers make.</summary>
    public const string HowToWrite = "Run the tests of tests/etw-manifests with " + WriteSwitch + "=1 to write it anew.";

    private const string WriteSwitch = "KERNELSIM_WRITE_MANIFESTS";

    public static void WriteIfAsked(string path, string text)
    {
        if (Environment.GetEnvironmentVariable(WriteSwitch) == "1")
        {
            File.WriteAllText(path, text);
        }
    }
}
