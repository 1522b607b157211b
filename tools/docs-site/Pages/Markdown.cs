using System.Text;
using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Pages;

/// <summary>Builds a page of Markdown.</summary>
/// <param name="title">The page's title, plain.</param>
internal sealed class Markdown(string title)
{
    private static readonly Regex s_special = new(@"[\\`*_{}\[\]<>#@|]");

    private static readonly Regex s_notInAnchor = new(@"[^\w\- ]");

    private static readonly Regex s_ticks = new("`+");

    private readonly StringBuilder _text = new($"# {Plain(title)}\n");

    /// <summary>Text as Markdown that shows it as it is.</summary>
    public static string Plain(string text) => s_special.Replace(text, @"\$0");

    /// <summary>Text in a code span.</summary>
    public static string Code(string text) => $"`{text}`";

    /// <summary>A link.</summary>
    /// <param name="text">Its text, in Markdown.</param>
    /// <param name="target">Where it leads.</param>
    public static string Link(string text, string target) => $"[{text}]({target})";

    /// <summary>The anchor that docfx gives to a heading.</summary>
    public static string AnchorOf(string heading) =>
        s_notInAnchor.Replace(heading.ToLowerInvariant(), string.Empty).Trim().Replace(' ', '-');

    /// <summary>Appends a heading of the second level.</summary>
    public Markdown Heading(string text) => Append($"## {text}\n");

    /// <summary>Appends a paragraph.</summary>
    /// <param name="text">Its Markdown; nothing is appended for an empty one.</param>
    public Markdown Paragraph(string text) => text.Length == 0 ? this : Append(text + "\n");

    /// <summary>Appends a block of text as it is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="language">Its language, for colours.</param>
    public Markdown Fence(string text, string language = "text")
    {
        string fence = new('`', Math.Max(3, 1 + s_ticks.Matches(text).Select(m => m.Length).DefaultIfEmpty(0).Max()));
        return Append($"{fence}{language}\n{text.TrimEnd('\n')}\n{fence}\n");
    }

    /// <summary>Appends a table; none if it has no rows.</summary>
    /// <param name="headings">The columns' headings.</param>
    /// <param name="rows">The rows, their cells in Markdown.</param>
    public Markdown Table(IReadOnlyList<string> headings, IEnumerable<IReadOnlyList<string>> rows)
    {
        string[] lines = [.. rows.Select(Row)];
        return lines.Length == 0
            ? this
            : Append($"{Row(headings)}\n{Row([.. headings.Select(_ => "---")])}\n{string.Join('\n', lines)}\n");
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();

    private static string Row(IReadOnlyList<string> cells) =>
        $"| {string.Join(" | ", cells.Select(c => c.Replace("|", @"\|", StringComparison.Ordinal).Replace('\n', ' ')))} |";

    private Markdown Append(string block)
    {
        _text.Append('\n').Append(block);
        return this;
    }
}
