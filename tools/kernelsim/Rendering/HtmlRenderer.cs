using System.Globalization;
using System.Net;
using System.Text;
using KernelSim.Tool.Story;

namespace KernelSim.Tool.Rendering;

/// <summary>Renders the story as the markup of a page. The page around it, with its styles, is the trace viewer's.</summary>
internal static class HtmlRenderer
{
    /// <summary>The story's markup, each chapter a section.</summary>
    public static string Render(IReadOnlyList<StoryBlock> story)
    {
        StringBuilder page = new();
        bool inChapter = false;
        foreach (StoryBlock block in story)
        {
            if (block is ChapterBlock)
            {
                page.Append(inChapter ? "</section>\n<section>\n" : "<section>\n");
                inChapter = true;
            }

            page.Append(Block(block));
        }

        return page.Append(inChapter ? "</section>\n" : string.Empty).ToString();
    }

    private static string Block(StoryBlock block) => block switch
    {
        TitleBlock b => $"<header><h2>{Text(b.Title)}</h2><p class=\"dim\">{Text(b.Subtitle)}</p></header>\n",
        ChapterBlock b => $"<h2><span>{Number(b.Number)}{Text(b.Title)}</span> {Runs([b.Outcome])}</h2>\n",
        SceneBlock b => $"<h3>{ToTrace(b.Request)}{Runs([b.Call])} <span class=\"dim\">→</span> {Runs([b.Outcome])}</h3>\n",
        ProseBlock { Label: "" } b => $"<p>{Runs(b.Text)}</p>\n",
        ProseBlock b => $"<p class=\"labelled\"><b>{Text(b.Label)}</b><span>{Runs(b.Text)}</span></p>\n",
        GridBlock b => Grid(b),
        PathBlock b => Path(b),
        StripBlock b => Strip(b),
        _ => string.Empty,
    };

    private static string ToTrace(ulong request) => request == 0
        ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"<a class=\"to-trace\" href=\"#request={request}\">See it in the trace</a>");

    private static string Grid(GridBlock grid)
    {
        StringBuilder table = new("<figure>");
        table.Append(Caption(grid.Caption)).Append("<div class=\"scroll\"><table>");
        if (grid.Columns.Any(c => c.Name.Length > 0))
        {
            table.Append("<thead><tr>").AppendJoin(string.Empty, grid.Columns.Select(c => Cell("th", c, Text(c.Name)))).Append("</tr></thead>");
        }

        table.Append("<tbody>");
        foreach (IReadOnlyList<Run[]> row in grid.Rows)
        {
            table.Append("<tr>").AppendJoin(string.Empty, row.Select((c, i) => Cell("td", grid.Columns[i], Runs(c)))).Append("</tr>");
        }

        return table.Append("</tbody></table></div></figure>\n").ToString();
    }

    private static string Path(PathBlock path)
    {
        StringBuilder list = new("<figure>");
        list.Append(Caption(path.Caption)).Append("<ol class=\"path\">");
        for (int i = 0; i < path.Steps.Count; i++)
        {
            PathStep step = path.Steps[i];
            list.Append(
                CultureInfo.InvariantCulture,
                $"<li style=\"padding-left:{i}em\"><b>{Text(step.Who)}</b> {Runs([step.What])}</li>");
        }

        return list.Append("</ol></figure>\n").ToString();
    }

    private static string Strip(StripBlock strip)
    {
        StringBuilder lanes = new("<figure>");
        int widest = strip.Lanes.Max(l => l.Segments.Sum(s => s.Cells));
        lanes.Append(Caption(strip.Caption)).Append("<div class=\"picture\">");
        foreach (StripLane lane in strip.Lanes)
        {
            lanes.Append(CultureInfo.InvariantCulture, $"<span class=\"dim\">{Text(lane.Label)}</span><div class=\"lane\">");
            foreach (StripSegment segment in lane.Segments.Where(s => s.Cells > 0))
            {
                string width = (100.0 * segment.Cells / widest).ToString("0.###", CultureInfo.InvariantCulture);
                string name = Text(segment.Text.Split('|')[0]);
                lanes.Append(
                    CultureInfo.InvariantCulture,
                    $"<i class=\"{Class(segment.Tone)}\" style=\"width:{width}%\" title=\"{name}\">{name}</i>");
            }

            lanes.Append("</div>");
        }

        return lanes.Append("</div></figure>\n").ToString();
    }

    private static string Cell(string tag, GridColumn column, string content) =>
        column.IsNumber ? $"<{tag} class=\"number\">{content}</{tag}>" : $"<{tag}>{content}</{tag}>";

    private static string Caption(string caption) => caption.Length == 0 ? string.Empty : $"<figcaption>{Text(caption)}</figcaption>";

    private static string Number(string number) => number.Length == 0 ? string.Empty : $"<small>{Text(number)}</small> ";

    private static string Runs(IEnumerable<Run> runs) =>
        string.Concat(runs.Select(r => r.Tone == Tone.Plain ? Text(r.Text) : $"<span class=\"{Class(r.Tone)}\">{Text(r.Text)}</span>"));

    private static string Class(Tone tone) => tone switch
    {
        Tone.Dim => "dim",
        Tone.Strong => "strong",
        Tone.Code => "code",
        Tone.Good => "good",
        Tone.Bad => "bad",
        Tone.Key => "key",
        Tone.Value => "value",
        Tone.Padding => "padding",
        Tone.Neighbour => "neighbour",
        Tone.Guard => "guard",
        _ => "plain",
    };

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
