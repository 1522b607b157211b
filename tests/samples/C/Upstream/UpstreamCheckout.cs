namespace KernelSim.Samples.Tests.C.Upstream;

/// <summary>
/// A checkout of microsoft/ebpf-for-windows, which the environment variable <c>KERNELSIM_UPSTREAM</c> names, and its sample programs.
/// Nothing of it is in this repository.
/// </summary>
internal static class UpstreamCheckout
{
    private const string Variable = "KERNELSIM_UPSTREAM";

    private static readonly string? s_root = Environment.GetEnvironmentVariable(Variable);

    /// <summary>Why its samples cannot be compiled; null if they can.</summary>
    public static string? WhyUnavailable =>
        s_root is null ? $"{Variable} names no checkout of microsoft/ebpf-for-windows."
        : !Directory.Exists(Samples) ? $"{Variable} is {s_root}, which has no folder tests/sample."
        : Clang.WhyUnavailable;

    /// <summary>The sample programs, such as <c>undocked/map.c</c>; none where they cannot be compiled.</summary>
    public static IEnumerable<string> Sources => WhyUnavailable is not null
        ? []
        : Directory.EnumerateFiles(Samples, "*.c", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Samples, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);

    /// <summary>Sample programs of which only the objects are there.</summary>
    public static IEnumerable<string> Objects => Directory.EnumerateFiles(Path.Combine(Samples, "unsafe"), "*.o");

    /// <summary>Objects that its fuzzer has damaged.</summary>
    public static IEnumerable<string> DamagedObjects => Directory.EnumerateFiles(Path.Combine(Samples, "bad"), "*.o");

    /// <summary>The folders of the headers that its programs include.</summary>
    public static IReadOnlyList<string> Headers =>
        [PathOf("include"), PathOf("undocked", "tests", "sample", "ext", "inc"), .. TestHeaders];

    /// <summary>The folders of the headers that its programs share with its tests.</summary>
    public static IReadOnlyList<string> TestHeaders =>
        [Samples, PathOf("tests", "socket"), PathOf("tests", "connect_redirect"), PathOf("tests", "include")];

    private static string Samples => PathOf("tests", "sample");

    /// <summary>The path of a file or folder of the checkout, by its parts.</summary>
    public static string PathOf(params string[] parts) => Path.Combine([s_root ?? string.Empty, .. parts]);

    /// <summary>Compiles a sample as upstream does, but for the folders in which its headers are looked for.</summary>
    /// <param name="source">The sample.</param>
    /// <param name="folder">Where the object goes.</param>
    /// <param name="headers">The folders of headers.</param>
    /// <returns>The path of the object.</returns>
    public static string Compile(string source, string folder, IEnumerable<string> headers)
    {
        // The one header that comes with Windows: IANA's numbers.
        File.WriteAllText(Path.Combine(folder, "ipifcons.h"), "#define IF_TYPE_PPP 23\n");
        string path = Path.Combine(folder, Path.GetFileNameWithoutExtension(source) + ".o");
        Clang.Compile(Path.Combine(Samples, source), path, ["-mcpu=v1", "-w", .. headers.Append(folder).Select(h => "-I" + h)]);
        return path;
    }
}
