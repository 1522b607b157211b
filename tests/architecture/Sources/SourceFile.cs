namespace KernelSim.Architecture.Tests.Sources;

/// <summary>A source file of a project.</summary>
/// <param name="Path">Relative to the repository's root, with forward slashes.</param>
/// <param name="Project">The folder of its project, relative to the repository's root.</param>
/// <param name="Folder">The first-level folder of the project that holds it; null for a file at the project's root.</param>
public sealed record SourceFile(string Path, string Project, string? Folder)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
