namespace KernelSim.Samples.Tests.C.Suites;

/// <summary>The programs in C beside these tests, and their objects.</summary>
internal static class SuitePrograms
{
    public static string Folder { get; } = Repository.PathOf("tests", "samples", "C", "Suites", "Programs");

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "*.c").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal);

    public static string PathOf(string name) => Path.Combine(Folder, name + ".o");
}
