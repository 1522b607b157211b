using System.CommandLine;
using System.CommandLine.Completions;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Completion;

/// <summary>
/// The words that can stand at the end of a command line. Found from the commands themselves, so that no list of them can be out of date.
/// </summary>
/// <param name="root">The tool.</param>
internal sealed class CompletionQuery(Command root)
{
    /// <summary>The word that stands for the tool after <c>--</c>, where a command of the host is expected.</summary>
    private static string ToolName => "kernelsim";

    /// <summary>Finds them.</summary>
    /// <param name="words">The words after the tool's name, up to the one to complete, which may be empty.</param>
    /// <returns>
    /// The words, with what they mean where that is known; among them marks for what only the shell knows (<see cref="Offers"/>).
    /// </returns>
    public IReadOnlyList<CompletionItem> Answer(IReadOnlyList<string> words)
    {
        CompletionPlace place = new(root);
        string[] before = [.. words.SkipLast(1)];
        foreach (string word in before is ["help", ..] ? before.Skip(1) : before)
        {
            place.Pass(word);
        }

        string current = words.Count == 0 ? "" : words[^1];
        if (place.HostCommand is [var command, .. var rest])
        {
            return command == ToolName ? Answer([.. rest, current]) : [.. Offers.Files(CompletionContext.Empty)];
        }

        return [.. At(place, current).DistinctBy(i => i.Label)];
    }

    private static IEnumerable<CompletionItem> At(CompletionPlace place, string current)
    {
        if (place.OptionNamed(current) is { } named && current.Split('=', 2) is [var name, var value])
        {
            return Matching(CompletionPlace.ValuesOf(named), value)
                .Select(i => IsMark(i) ? i : new CompletionItem($"{name}={i.Label}", detail: i.Detail));
        }

        IEnumerable<CompletionItem> values = Matching(place.Values, current);
        if (place.NeedsValue)
        {
            return values;
        }

        CompletionItem[] options = current.StartsWith('-') || !place.HasWords ? [.. Matching(place.Options, current)] : [];
        return current.StartsWith('-') && options.Length > 0 ? options : [.. values, .. options];
    }

    private static IEnumerable<CompletionItem> Matching(IEnumerable<CompletionItem> items, string start) =>
        items.Where(i => IsMark(i) || i.Label.StartsWith(start, StringComparison.OrdinalIgnoreCase));

    private static bool IsMark(CompletionItem item) => item.Label.StartsWith(Offers.Mark);
}
