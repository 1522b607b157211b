using KernelSim.Tracing;

namespace KernelSim.DocsGen;

/// <summary>The files of the repository that are made from code.</summary>
public static class DocsGenerator
{
    /// <summary>The command that writes them.</summary>
    public const string Command = "dotnet run --project tools/docs-gen";

    /// <summary>Every generated file.</summary>
    public static IReadOnlyList<GeneratedFile> All { get; } =
    [
        new("etw-manifests/events.md", EventPage.Generate),
        new($"etw-manifests/{KernelEventSource.ProviderName}.man", () => ProviderManifest.Generate(KernelEventSource.Log)),
        new($"etw-manifests/{UserApiEventSource.ProviderName}.man", () => ProviderManifest.Generate(UserApiEventSource.Log)),
    ];
}

/// <summary>A generated file.</summary>
/// <param name="Path">Its path from the root, with forward slashes.</param>
/// <param name="Generate">Returns its text, with line feeds.</param>
public sealed record GeneratedFile(string Path, Func<string> Generate);
