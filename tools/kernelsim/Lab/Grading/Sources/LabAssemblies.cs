namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>What a student's C# is compiled against: the assemblies beside the running tool, and its runtime.</summary>
internal static class LabAssemblies
{
    private static readonly string[] s_names =
    [
        "KernelSim.Bytecode", "KernelSim.Gate", "KernelSim.Protocol", "KernelSim.Tracing", "KernelSim.Nt", "KernelSim.EbpfCore",
        "KernelSim.NetEbpfExt", "KernelSim.ObjectFiles", "KernelSim.UserMode",
    ];

    /// <summary>The simulator's assemblies, by their full paths.</summary>
    public static IReadOnlyList<string> OfTool { get; } = [.. s_names.Select(n => Path.Combine(AppContext.BaseDirectory, n + ".dll"))];

    /// <summary>The assemblies of the runtime that runs the tool.</summary>
    public static IEnumerable<string> OfRuntime()
    {
        string? folder = Path.GetDirectoryName(RuntimeFile);
        return ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
            .Split(Path.PathSeparator)
            .Where(f => Path.GetDirectoryName(f) == folder && File.Exists(f));
    }

    /// <summary>Why there are none; null where there are.</summary>
    public static string? WhyNone => RuntimeFile.Length > 0 && OfTool.All(File.Exists)
        ? null
        : "this kernelsim is one file, without assemblies to compile against: install it with 'dotnet tool install', or build it from its sources";

    // Empty in a tool that is one file.
    private static string RuntimeFile { get; } =
        ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "")
        .Split(Path.PathSeparator)
        .FirstOrDefault(f => Path.GetFileName(f) == "System.Private.CoreLib.dll") ?? "";
}
