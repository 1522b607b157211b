using System.Globalization;
using System.Net;
using KernelSim.Tool.Bench.Maps;
using KernelSim.Tool.Bench.Telling;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>
/// Draws a chart as SVG, for light and dark pages: no fonts and no scripts from elsewhere. Each line has a colour, a dash and its name at its
/// end, so that it can be told from others without colours.
/// </summary>
/// <param name="chart">Title and axes.</param>
/// <param name="points">The points, in the order in which their series are listed.</param>
internal sealed class ChartSvg(Chart chart, IReadOnlyList<ChartPoint> points)
{
    private const int Width = 860;
    private const int Height = 440;
    private const int Left = 70;
    private const int Right = 620;
    private const int Top = 50;
    private const int Bottom = 380;
    private const int LineHeight = 17;
    private const int Styles = 7;

    private const string Style = """
        <style>
          .page { fill: #ffffff; stroke: #d0d7de; }
          .grid { stroke: #d0d7de; stroke-width: 1; }
          text { fill: #424a53; }
          .title { fill: #1f2328; font-weight: 600; font-size: 15px; }
          .line { fill: none; stroke-width: 2; }
          .lead { fill: none; stroke-width: 1; opacity: .5; }
          .s0 { stroke: #0969da; } .s1 { stroke: #bc4c00; } .s2 { stroke: #8250df; } .s3 { stroke: #1a7f37; } .s4 { stroke: #6e7781; }
          .s5 { stroke: #bf3989; } .s6 { stroke: #9a6700; }
          .l0 { stroke-width: 3; } .l1 { stroke-dasharray: 9 4; } .l2 { stroke-dasharray: 2 3; } .l3 { stroke-dasharray: 9 3 2 3; }
          .l4 { stroke-dasharray: 1 5; stroke-linecap: round; } .l5 { stroke-dasharray: 14 5; } .l6 { stroke-dasharray: 5 2; }
          @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117; stroke: #30363d; }
            .grid { stroke: #30363d; }
            text { fill: #c2c9d1; }
            .title { fill: #f0f6fc; }
            .s0 { stroke: #58a6ff; } .s1 { stroke: #ffa657; } .s2 { stroke: #d2a8ff; } .s3 { stroke: #56d364; } .s4 { stroke: #9198a1; }
            .s5 { stroke: #ff9bce; } .s6 { stroke: #e3b341; }
          }
        </style>
        """;

    private static readonly string[] s_contenders = [.. Enum.GetValues<Contender>().Select(ContenderNames.NameOf)];

    private readonly ChartScale _x = new(chart.X, points.Select(p => p.X), Left + 10, Right - 10);
    private readonly ChartScale _y = new(chart.Y, points.Select(p => p.Y), Bottom, Top);

    /// <summary>Writes the picture.</summary>
    public void Write(TextWriter writer)
    {
        string title = WebUtility.HtmlEncode(chart.Title);
        writer.WriteLine(
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" "
            + "aria-labelledby=\"t\" font-family=\"ui-sans-serif, 'Segoe UI', Helvetica, Arial, sans-serif\" font-size=\"13\">");
        writer.WriteLine($"<title id=\"t\">{title}</title>");
        writer.WriteLine(Style);
        writer.WriteLine($"<rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"{Width - 1}\" height=\"{Height - 1}\" rx=\"8\"/>");
        writer.WriteLine($"<text class=\"title\" x=\"{Left}\" y=\"30\">{title}</text>");
        Axes(writer);
        Series(writer);
        writer.WriteLine("</svg>");
    }

    private static string N(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);

    private void Axes(TextWriter writer)
    {
        foreach ((double value, string text) in _y.Ticks)
        {
            string y = N(_y.Of(value));
            writer.WriteLine($"<path class=\"grid\" d=\"M{Left} {y}H{Right}\"/>");
            writer.WriteLine($"<text x=\"{Left - 8}\" y=\"{N(_y.Of(value) + 4)}\" text-anchor=\"end\">{text}</text>");
        }

        foreach ((double value, string text) in _x.Ticks)
        {
            string x = N(_x.Of(value));
            writer.WriteLine($"<path class=\"grid\" d=\"M{x} {Top}V{Bottom + 5}\"/>");
            writer.WriteLine($"<text x=\"{x}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">{text}</text>");
        }

        int middle = (Top + Bottom) / 2;
        writer.WriteLine($"<text x=\"{(Left + Right) / 2}\" y=\"{Bottom + 44}\" text-anchor=\"middle\">{Label(chart.X)}</text>");
        writer.WriteLine($"<text x=\"20\" y=\"{middle}\" text-anchor=\"middle\" transform=\"rotate(-90 20 {middle})\">{Label(chart.Y)}</text>");
    }

    private static string Label(ChartAxis axis) => WebUtility.HtmlEncode(axis.Label) + (axis.IsLog ? " (log scale)" : "");

    /// <summary>A contender has the same style in all charts; other lines have those that are left.</summary>
    private int StyleOf(string series)
    {
        int known = Array.IndexOf(s_contenders, series);
        if (known >= 0)
        {
            return known;
        }

        string[] all = [.. points.Select(p => p.Series).Distinct()];
        int[] left = [.. Enumerable.Range(0, Styles).Where(i => i >= s_contenders.Length || !all.Contains(s_contenders[i]))];
        return left[Array.IndexOf([.. all.Except(s_contenders)], series) % left.Length];
    }

    private void Series(TextWriter writer)
    {
        IGrouping<string, ChartPoint>[] series = [.. points.GroupBy(p => p.Series)];
        double labelled = Top - LineHeight;
        (int Index, IGrouping<string, ChartPoint> Points, double Y)[] fromTop =
            [.. series.Select(s => (StyleOf(s.Key), s, _y.Of(s.MaxBy(p => p.X)!.Y))).OrderBy(s => s.Item3)];
        foreach ((int index, IGrouping<string, ChartPoint> line, double end) in fromTop)
        {
            ChartPoint[] ordered = [.. line.OrderBy(p => p.X)];
            string path = string.Join('L', ordered.Select(p => $"{N(_x.Of(p.X))} {N(_y.Of(p.Y))}"));
            writer.WriteLine($"<path class=\"line s{index} l{index}\" d=\"M{path}\"/>");
            foreach (ChartPoint p in ordered)
            {
                writer.WriteLine(
                    $"<circle class=\"line s{index}\" cx=\"{N(_x.Of(p.X))}\" cy=\"{N(_y.Of(p.Y))}\" r=\"3\">"
                    + $"<title>{WebUtility.HtmlEncode(p.Series)}: {N(p.Y)}</title></circle>");
            }

            labelled = Math.Max(labelled + LineHeight, end);
            writer.WriteLine($"<path class=\"lead s{index}\" d=\"M{N(_x.Of(ordered[^1].X) + 4)} {N(end)}L{Right + 14} {N(labelled)}\"/>");
            writer.WriteLine($"<path class=\"line s{index} l{index}\" d=\"M{Right + 14} {N(labelled)}h24\"/>");
            writer.WriteLine($"<text x=\"{Right + 44}\" y=\"{N(labelled + 4)}\">{WebUtility.HtmlEncode(line.Key)}</text>");
        }
    }
}
