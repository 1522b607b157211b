namespace KernelSim.Samples.Tests.C;

/// <summary>The files of <c>samples/c</c>.</summary>
internal static class SampleFiles
{
    /// <summary>The folder of the samples.</summary>
    public static string Folder { get; } = Repository.PathOf("samples", "c");

    /// <summary>The folder of the programs that measure the engines.</summary>
    public static string Benchmarks { get; } = Repository.PathOf("tools", "kernelsim", "Bench", "Bytecode", "Programs");

    /// <summary>The sources of programs, such as <c>counter.c</c> and <c>refused/recursion.c</c>, in order.</summary>
    public static IEnumerable<string> Sources => Named("*.c");

    /// <summary>The objects, such as <c>counter.o</c>.</summary>
    public static IEnumerable<string> Objects => Named("*.o");

    /// <summary>The headers, such as <c>net/ip.h</c>.</summary>
    public static IEnumerable<string> Headers => Named("*.h").Select(h => h["include/".Length..]);

    /// <summary>The path of one of them.</summary>
    public static string PathOf(string name) => Path.Combine(Folder, name);

    private static IEnumerable<string> Named(string pattern) => Directory
        .EnumerateFiles(Folder, pattern, SearchOption.AllDirectories)
        .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);
}
