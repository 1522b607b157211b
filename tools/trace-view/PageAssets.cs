using System.Text;

namespace KernelSim.TraceView;

/// <summary>
/// The viewer's sources, joined. They are ES modules, so that editors and readers see their dependencies; on the page they are one function,
/// in the order below, without their <c>import</c> and <c>export</c> words.
/// </summary>
internal static class PageAssets
{
    /// <summary>The modules: each after those that it imports.</summary>
    public static IReadOnlyList<string> Modules { get; } =
    [
        "decode.js", "model.js", "words.js", "filters.js", "memory.js", "strips.js", "programs.js", "ledger.js", "cards.js", "lanes.js",
        "lists.js", "steps.js", "theme.js", "print.js", "keys.js", "main.js", "start.js",
    ];

    /// <summary>The style sheets.</summary>
    public static IReadOnlyList<string> Sheets { get; } = ["colours.css", "page.css", "ledger.css", "story.css", "print.css"];

    /// <summary>The script of the page.</summary>
    public static string Script { get; } = Join();

    /// <summary>The style of the page.</summary>
    public static string Style { get; } = string.Concat(Sheets.Select(Read));

    /// <summary>One source, with the same line ends on every host.</summary>
    public static string Read(string name)
    {
        using Stream stream = typeof(PageAssets).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"'{name}' is not embedded");
        using StreamReader reader = new(stream, Encoding.UTF8);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string Join()
    {
        StringBuilder script = new("(() => {\n\"use strict\";\n");
        foreach (string line in Modules.SelectMany(m => Read(m).Split('\n')))
        {
            if (!line.StartsWith("import ", StringComparison.Ordinal))
            {
                script.Append(line.StartsWith("export ", StringComparison.Ordinal) ? line["export ".Length..] : line).Append('\n');
            }
        }

        return script.Append("})();\n").ToString();
    }
}
