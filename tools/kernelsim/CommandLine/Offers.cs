using System.CommandLine.Completions;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// What a shell offers for an option or an argument that takes a path or a command of the host: the shell knows them, the tool does not.
/// Words that the tool knows are given to the symbol's completion sources as they are.
/// </summary>
internal static class Offers
{
    /// <summary>Every such item starts with it, and no word does.</summary>
    public const char Mark = ':';

    /// <summary>Files, and the folders on the way to them.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Files { get; } = One("files");

    /// <summary>Folders.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Folders { get; } = One("folders");

    /// <summary>A command line of the host: a command, and then its words.</summary>
    public static Func<CompletionContext, IEnumerable<CompletionItem>> Commands { get; } = One("commands");

    private static Func<CompletionContext, IEnumerable<CompletionItem>> One(string what)
    {
        CompletionItem[] items = [new(Mark + what)];
        return _ => items;
    }
}
