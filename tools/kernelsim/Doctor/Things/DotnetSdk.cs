using System.Runtime.InteropServices;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The SDK, to build with.</summary>
internal sealed class DotnetSdk : IHostThing
{
    private const int Oldest = 10;

    /// <inheritdoc/>
    public string Id => "dotnet-sdk";

    /// <inheritdoc/>
    public string Name => ".NET SDK";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        (Version Version, string Name, string Folder)[] all = [.. Folders(host).SelectMany(SdksIn).OrderDescending()];
        if (all is [{ Version.Major: >= Oldest } newest, ..])
        {
            return Finding.Ok($"{newest.Name} in {newest.Folder}", "It builds and tests KernelSim, and projects that use it.");
        }

        return Finding.Missing(
            all is [var old, ..] ? $"{old.Name} in {old.Folder}, expected {Oldest} or later" : "None beside the runtime or on the PATH",
            "The tool runs without it; KernelSim, and projects that use it, cannot be built.",
            host.Install("dotnet-sdk-10.0", "dotnet", "Microsoft.DotNet.SDK.10"));
    }

    /// <summary>Where dotnet may be: where the runtime is from, and where the command is.</summary>
    private static IEnumerable<string> Folders(HostView host)
    {
        string runtime = Path.TrimEndingDirectorySeparator(RuntimeEnvironment.GetRuntimeDirectory());
        string? command = host.Find("dotnet");
        return new[]
        {
            Path.GetFullPath(Path.Combine(runtime, "..", "..", "..")),
            host.Variable("DOTNET_ROOT"),
            Path.GetDirectoryName(command is null ? null : File.ResolveLinkTarget(command, returnFinalTarget: true)?.FullName ?? command),
        }.Where(f => !string.IsNullOrEmpty(f)).Select(f => f!).Distinct();
    }

    private static IEnumerable<(Version Version, string Name, string Folder)> SdksIn(string folder)
    {
        string sdks = Path.Combine(folder, "sdk");
        return (Directory.Exists(sdks) ? Directory.EnumerateDirectories(sdks) : [])
            .Select(Path.GetFileName)
            .Select(name => (Parsed: Version.TryParse(name!.Split('-')[0], out Version? version), version, name))
            .Where(s => s.Parsed)
            .Select(s => (s.version!, s.name, folder));
    }
}
