namespace KernelSim.Packages.Tests.Pages;

/// <summary>A block of C# on a page.</summary>
/// <param name="Line">The line of the page on which its code begins.</param>
/// <param name="Text">Its code.</param>
/// <param name="Source">The source file that the text above it links to, relative to the repository's root; null if there is none.</param>
internal sealed record CodeBlock(int Line, string Text, string? Source)
{
    /// <summary>Whether it consists of using directives only: those of the code on the page.</summary>
    public bool IsUsings => Lines.All(l => l.Length == 0 || l.StartsWith("using ", StringComparison.Ordinal));

    /// <summary>Whether it begins with using directives of its own.</summary>
    public bool HasUsings => Lines[0].StartsWith("using ", StringComparison.Ordinal) && Lines[0].EndsWith(';') && !Lines[0].Contains('=');

    private string[] Lines => Text.Split('\n');
}
