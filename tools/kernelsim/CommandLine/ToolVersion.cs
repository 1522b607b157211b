using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace KernelSim.Tool.CommandLine;

/// <summary>A build of the tool, and what it runs on.</summary>
/// <param name="Version">The version, such as <c>0.2.0</c>.</param>
/// <param name="Commit">The commit that it was built from, in full; null where the build knew of none.</param>
internal sealed record ToolVersion(string Version, string? Commit)
{
    private const int ShortCommit = 12;

    /// <summary>The .NET runtime, such as <c>.NET 10.0.1</c>.</summary>
    public static string Runtime => RuntimeInformation.FrameworkDescription;

    /// <summary>The operating system, with its version.</summary>
    public static string System => RuntimeInformation.OSDescription;

    /// <summary>The architecture of the process, such as <c>x64</c>.</summary>
    public static string Architecture => RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The lines that people read.</summary>
    public IReadOnlyList<string> Lines =>
    [
        $"kernelsim {Version}",
        $"commit    {(Commit is null ? "not known to the build" : Commit[..Math.Min(ShortCommit, Commit.Length)])}",
        $"runtime   {Runtime}",
        $"system    {System}, {Architecture}",
    ];

    /// <summary>This tool's.</summary>
    public static ToolVersion OfThis() => Parse(
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");

    /// <summary>Takes a version apart that has its commit after a plus, as the SDK writes it.</summary>
    public static ToolVersion Parse(string informational) => informational.Split('+', 2) is [string version, { Length: > 0 } commit]
        ? new ToolVersion(version, commit)
        : new ToolVersion(informational.TrimEnd('+'), null);

    /// <summary>Writes it as an object.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", Version);
        json.WriteString("commit", Commit);
        json.WriteString("runtime", Runtime);
        json.WriteString("system", System);
        json.WriteString("architecture", Architecture);
        json.WriteEndObject();
    }
}
