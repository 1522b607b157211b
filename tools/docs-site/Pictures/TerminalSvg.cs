using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Pictures;

/// <summary>Draws lines of a terminal. Each span has its length in the file, so that columns stay in line whatever font the reader has.</summary>
internal static class TerminalSvg
{
    private const double CellWidth = 8.4;
    private const int LineHeight = 18;
    private const int Baseline = 13;
    private const int Margin = 16;

    /// <summary>Text without runs of blanks, which readers of SVG draw as one.</summary>
    private static readonly Regex s_words = new(@"\S+(?: \S+)*");

    /// <summary>Returns the SVG.</summary>
    /// <param name="command">The command line that stands above.</param>
    /// <param name="lines">What the terminal shows, from top to bottom.</param>
    /// <param name="columns">The terminal's width.</param>
    public static string Draw(string command, IReadOnlyList<AnsiLine> lines, int columns)
    {
        string width = Number(columns * CellWidth + 2 * Margin);
        int height = (lines.Count + 2) * LineHeight + 2 * Margin;
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img">
            <title>{WebUtility.HtmlEncode(command)}</title>
            <rect width="100%" height="100%" rx="8" fill="#16181c"/>
            <g font-family="'Cascadia Mono', Consolas, Menlo, 'DejaVu Sans Mono', monospace" font-size="14" fill="#e8e6e1">

            """);
        Line(svg, AnsiLine.Parse($"\e[1m{command}\e[0m"), 0);
        for (int i = 0; i < lines.Count; i++)
        {
            Line(svg, lines[i], i + 2);
        }

        return svg.Append("</g>\n</svg>\n").Replace("\r\n", "\n").ToString();
    }

    private static void Line(StringBuilder svg, AnsiLine line, int row)
    {
        int column = 0;
        int top = Margin + row * LineHeight;
        foreach (AnsiSpan span in line.Spans)
        {
            if (span.Background is { } background)
            {
                string place = $"x=\"{Left(column)}\" y=\"{top}\" width=\"{Number(span.Text.Length * CellWidth)}\" height=\"{LineHeight}\"";
                svg.Append(CultureInfo.InvariantCulture, $"<rect {place} fill=\"{background}\"/>\n");
            }

            string colour = span.Colour is { } given ? $" fill=\"{given}\"" : string.Empty;
            string weight = span.IsBold ? " font-weight=\"bold\"" : string.Empty;
            foreach (Match words in s_words.Matches(span.Text))
            {
                string place = $"x=\"{Left(column + words.Index)}\" y=\"{top + Baseline}\" textLength=\"{Number(words.Length * CellWidth)}\"";
                svg.Append(CultureInfo.InvariantCulture, $"<text {place}{colour}{weight}>{WebUtility.HtmlEncode(words.Value)}</text>\n");
            }

            column += span.Text.Length;
        }
    }

    private static string Left(int column) => Number(Margin + column * CellWidth);

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
