namespace KernelSim.Tool.Completion;

/// <summary>The shells that there is a script for, one row each. The script is a file of <c>Scripts/</c>, and a resource of the tool.</summary>
internal static class ShellTable
{
    /// <summary>Name of the shell and of its script.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } = new Dictionary<string, string>
    {
        ["bash"] = "kernelsim.bash",
        ["zsh"] = "kernelsim.zsh",
        ["pwsh"] = "kernelsim.ps1",
    };

    /// <summary>A shell's script.</summary>
    public static string ScriptOf(string shell)
    {
        using StreamReader reader = new(typeof(ShellTable).Assembly.GetManifestResourceStream(All[shell])!);
        return reader.ReadToEnd();
    }
}
