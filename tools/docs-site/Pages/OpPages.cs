using KernelSim.LabScripts;
using static KernelSim.DocsSite.Pages.Markdown;

namespace KernelSim.DocsSite.Pages;

/// <summary>A page for each op of a lab script, and the list of all.</summary>
/// <param name="scripts">The examples of lab scripts.</param>
internal sealed class OpPages(LabScriptPage scripts)
{
    private const string Folder = "reference/ops";

    /// <summary>The page of an op, from the site's root.</summary>
    public static string PathOf(ScriptOp op) => $"{Folder}/{op.Name}.md";

    /// <summary>All pages.</summary>
    public IEnumerable<SitePage> Make() => [Index(), .. ScriptOpTable.All.Select(op => new SitePage(PathOf(op), Page(op)))];

    private static SitePage Index() => new($"{Folder}/index.md", new Markdown("Ops of lab scripts")
        .Paragraph(
            "A line of a lab script is one call: `{\"op\":\"map_create\",…}`. Each op has a page with its fields, its results and an example. "
            + $"{Link("Lab scripts", "../../docs/lab-scripts.md")} describes how lines are read and how buffers are allocated.")
        .Table(["op", "calls", "does"], ScriptOpTable.All.Select(op => (IReadOnlyList<string>)
            [Link(Code(op.Name), op.Name + ".md"), CallsOf(WordsOf(op)), WordsOf(op).Does]))
        .ToString());

    private string Page(ScriptOp op)
    {
        ScriptOpWords words = WordsOf(op);
        Markdown page = new Markdown(op.Name).Paragraph(words.Does).Paragraph($"Calls {CallsOf(words)}.").Heading("Fields");
        string also = "A line also takes `id`: any JSON value, which comes back as the first field of the result.";
        page.Paragraph(op.Fields.Length == 0 ? $"None besides `op`. {also}" : also);
        page.Table(["field", "type", "default", "means"], op.Fields.Select(f => (IReadOnlyList<string>)
        [
            Code(f.Name),
            ScriptFieldWords.Type(f),
            f.Optional ? ScriptFieldWords.Default(op, f) : "**required**",
            ScriptFieldWords.Means(op, f) ?? "",
        ]));
        if (op.ExactlyOneOf.Count > 0)
        {
            page.Paragraph($"A line has exactly one of {string.Join(" and ", op.ExactlyOneOf.Select(Code))}.");
        }

        page.Heading("Result").Table(["field", "means"],
        [
            [Code("ret"), "What the call returns: 0, a descriptor or a number, or the negative errno."],
            .. words.Gives.Select(g => (IReadOnlyList<string>)[Code(g.Name), g.Means]),
            [Code("errno"), $"After a failure, {Link("the errno's name", "../errno/index.md")}."],
            ["`check`, `given`, `expected`", $"Where a check refused, {Link("its id", "../checks/index.md")} and the numbers that it compared."],
        ]);
        if (scripts.Of(op.Name) is { } example)
        {
            page.Heading("Example").Paragraph($"From {Link(example.Heading, example.LinkFrom(Folder))}.").Fence(example.Text, "console");
        }

        return page.ToString();
    }

    private static string CallsOf(ScriptOpWords words) =>
        words.Calls.StartsWith("none", StringComparison.Ordinal) ? "no function" + words.Calls["none".Length..]
        : string.Join(", ", words.Calls.Split(", ").Select(Code)) + (words.Op.StartsWith("helper_", StringComparison.Ordinal) ? " (helper)" : "");

    private static ScriptOpWords WordsOf(ScriptOp op) =>
        ScriptOpWords.Of(op.Name) ?? throw new InvalidOperationException($"The op {op.Name} has no row in {nameof(ScriptOpWords)}.");
}
