using System.Globalization;
using System.Net;
using System.Text;

namespace KernelSim.DocsSite.Slides;

/// <summary>Slides as one HTML file, which works from a disk: its style and script are in it, and its policy forbids it the network.</summary>
internal static class SlidePage
{
    /// <summary>The page that the slides are made from.</summary>
    public const string Source = "docs/teaching.md";

    private const string Policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

    /// <summary>Makes the slides of the repository's page.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <exception cref="SiteException">The page has no slides, or an image of it is missing.</exception>
    public static string Of(string root)
    {
        string path = Path.Combine(root, Source);
        return Make("Teaching with KernelSim", new SlideReader(new InlineImages(Path.GetDirectoryName(path)!)).Read(File.ReadAllText(path)));
    }

    /// <summary>Makes the file.</summary>
    /// <param name="title">The title of the window, plain.</param>
    /// <param name="slides">The slides, in order.</param>
    public static string Make(string title, IReadOnlyList<Slide> slides)
    {
        StringBuilder page = new();
        page.Append(CultureInfo.InvariantCulture, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{Policy}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <style>
            {Asset("slides.css")}</style>
            </head>
            <body>
            <main>

            """);
        for (int i = 0; i < slides.Count; i++)
        {
            Append(page, slides[i], i + 1, slides.Count);
        }

        page.Append(CultureInfo.InvariantCulture, $"""
            </main>
            <nav aria-label="Slides">
            <button type="button" id="back" aria-label="Back">←</button>
            <span id="place" aria-live="polite"></span>
            <button type="button" id="on" aria-label="On">→</button>
            <button type="button" id="keys" aria-label="Keys">?</button>
            </nav>
            <dialog id="help"><h2>Keys</h2><table>
            <tr><td>→ Space PageDown</td><td>the answer, then the next slide</td></tr>
            <tr><td>← PageUp</td><td>back</td></tr>
            <tr><td>Home End</td><td>first, last slide</td></tr>
            <tr><td>A</td><td>all answers, or none: for printing too</td></tr>
            <tr><td>N</td><td>notes for the teacher</td></tr>
            <tr><td>T</td><td>light or dark</td></tr>
            <tr><td>Ctrl+P</td><td>print, one slide a page, with what is shown</td></tr>
            </table><form method="dialog"><button>Close</button></form></dialog>
            <script>
            {Asset("slides.js")}</script>
            </body>
            </html>

            """);
        return page.ToString().ReplaceLineEndings("\n");
    }

    private static void Append(StringBuilder page, Slide slide, int number, int count)
    {
        string kind = slide.IsSection ? "slide part" : "slide";
        string name = WebUtility.HtmlEncode($"{number} of {count}: {slide.Title}");
        page.Append(CultureInfo.InvariantCulture, $"<section class=\"{kind}\" id=\"s{number}\" aria-label=\"{name}\"><div class=\"sheet\">\n");
        page.Append(slide.Heading).Append(slide.Body);
        if (slide.Answer.Length > 0)
        {
            page.Append("<details class=\"answer\"><summary>Answer</summary>\n").Append(slide.Answer).Append("</details>\n");
        }

        page.Append(CultureInfo.InvariantCulture, $"</div><small class=\"number\" aria-hidden=\"true\">{number}</small>\n");
        if (slide.Notes.Length > 0)
        {
            page.Append("<aside class=\"notes\" aria-label=\"Notes for the teacher\">\n").Append(slide.Notes).Append("</aside>\n");
        }

        page.Append("</section>\n");
    }

    private static string Asset(string name)
    {
        using Stream stream = typeof(SlidePage).Assembly.GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
