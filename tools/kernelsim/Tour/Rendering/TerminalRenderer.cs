using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Tour.Story;
using Spectre.Console;

namespace KernelSim.Tool.Tour.Rendering;

/// <summary>Tells the story on a terminal, or as plain text where the output is no terminal or wants no colours.</summary>
internal sealed class TerminalRenderer
{
    private const int Indent = 2;
    private const int LabelWidth = 11;
    private const int WidestLayout = 100;
    private const int NarrowestLayout = 72;
    private const int NarrowestCell = 16;

    private readonly IAnsiConsole _console;
    private readonly bool _colours;
    private readonly bool _unicode;
    private readonly int _width;

    public TerminalRenderer(ToolConsole console)
    {
        _console = console.CreateRenderer();
        _colours = console.Colours;
        _unicode = console.Unicode;
        _width = Math.Clamp(console.Width, NarrowestLayout, WidestLayout);
        _console.Profile.Width = Math.Max(_width, console.Width);
    }

    /// <summary>Tells all of it.</summary>
    public void Render(IEnumerable<StoryBlock> story)
    {
        StoryBlock? before = null;
        foreach (StoryBlock block in story)
        {
            if (block is ProseBlock { Label.Length: > 0 } && before is GridBlock or StripBlock or PathBlock)
            {
                Line([]);
            }

            before = block;
            switch (block)
            {
                case TitleBlock title: Title(title); break;
                case ChapterBlock chapter: Chapter(chapter); break;
                case SceneBlock scene: Scene(scene); break;
                case ProseBlock prose: Prose(prose); break;
                case GridBlock grid: Grid(grid); break;
                case PathBlock path: Path(path); break;
                case StripBlock strip: Strip(strip); break;
            }
        }
    }

    private void Title(TitleBlock title)
    {
        Line([Run.Strong(title.Title)]);
        foreach (List<Run> line in TextLayout.Wrap([Run.Dim(title.Subtitle)], _width))
        {
            Line(line);
        }
    }

    private void Chapter(ChapterBlock chapter)
    {
        Run[] left = chapter.Number.Length == 0 ? [Run.Strong($"━━ {chapter.Title} ")] : [Run.Strong($"━━ {chapter.Number} · {chapter.Title} ")];
        string outcome = chapter.Outcome.Text.Length == 0 ? string.Empty : $" {chapter.Outcome.Text} ━━";
        int rule = Math.Max(2, _width - TextLayout.Measure(left) - outcome.Length);
        Line([]);
        Line([.. left, Run.Dim(new string('━', rule)), chapter.Outcome with { Text = outcome }]);
    }

    private void Scene(SceneBlock scene)
    {
        Line([]);
        Line([new string(' ', Indent), scene.Call, " ", Run.Dim("→"), " ", scene.Outcome]);
    }

    private void Prose(ProseBlock prose)
    {
        int hang = prose.Label.Length == 0 ? Indent : Indent + LabelWidth;
        List<List<Run>> lines = TextLayout.Wrap(prose.Text.Select(Spell), _width - hang);
        if (prose.Label.Length == 0)
        {
            Line([]);
        }

        for (int i = 0; i < lines.Count; i++)
        {
            Run margin = i == 0 && prose.Label.Length > 0
                ? Run.Strong(new string(' ', Indent) + prose.Label.PadRight(LabelWidth))
                : new string(' ', hang);
            Line([margin, .. lines[i]]);
        }
    }

    private void Path(PathBlock path)
    {
        Caption(path.Caption);
        for (int i = 0; i < path.Steps.Count; i++)
        {
            PathStep step = path.Steps[i];
            string branch = i == 0 ? string.Empty : new string(' ', (i * 2) - 2) + "└ ";
            Line([new string(' ', Indent * 2) + (branch + step.Who).PadRight(LabelWidth + 10), step.What]);
        }
    }

    private void Grid(GridBlock grid)
    {
        Caption(grid.Caption);
        int[] widths =
        [
            .. grid.Columns.Select((c, i) => grid.Rows.Where(r => i < Filled(r) - 1 || i == grid.Columns.Count - 1 || c.IsNumber)
                .Select(r => TextLayout.Measure(r[i].Select(Spell))).Append(c.Name.Length).Max()),
        ];
        if (grid.Columns.Any(c => c.Name.Length > 0))
        {
            Row(grid, [.. grid.Columns.Select(c => new Run[] { Run.Dim(c.Name) })], widths);
        }

        foreach (IReadOnlyList<Run[]> row in grid.Rows)
        {
            Row(grid, row, widths);
        }
    }

    private void Row(GridBlock grid, IReadOnlyList<Run[]> cells, int[] widths)
    {
        List<Run> line = [new string(' ', Indent * 2)];
        int filled = Filled(cells);
        for (int i = 0; i < filled - 1; i++)
        {
            line.AddRange(TextLayout.Pad([.. cells[i].Select(Spell)], widths[i], grid.Columns[i].IsNumber));
            line.Add("  ");
        }

        // The last cell with anything in it may run on, and wraps where the line ends.
        int used = TextLayout.Measure(line);
        Run[] last = filled == 0 ? [] : [.. cells[filled - 1].Select(Spell)];
        IReadOnlyList<Run> fitted = filled > 0 && grid.Columns[filled - 1].IsNumber
            ? [.. TextLayout.Pad(last, widths[filled - 1], right: true)]
            : last;
        int room = Math.Max(_width - used, NarrowestCell);
        List<List<Run>> lines = TextLayout.Measure(fitted) <= room ? [[.. fitted]] : TextLayout.Wrap(fitted, room);
        Line([.. line, .. lines[0]]);
        foreach (List<Run> more in lines.Skip(1))
        {
            Line([new string(' ', used), .. more]);
        }
    }

    /// <summary>Cells up to the last one with anything in it.</summary>
    private static int Filled(IReadOnlyList<Run[]> cells)
    {
        int filled = cells.Count;
        while (filled > 0 && cells[filled - 1].All(r => r.Text.Length == 0))
        {
            filled--;
        }

        return filled;
    }

    private void Strip(StripBlock strip)
    {
        Caption(strip.Caption);
        int label = strip.Lanes.Max(l => l.Label.Length) + 1;
        foreach (StripLane lane in strip.Lanes)
        {
            Write(
            [
                (new string(' ', Indent * 2) + lane.Label.PadRight(label), _colours ? TerminalPalette.Text(Tone.Dim) : Style.Plain),
                .. Cells(lane.Segments.Where(s => s.Cells > 0)),
            ]);
        }
    }

    /// <summary>A lane's cells: on a terminal with colours blocks of colour, else boxes filled with characters.</summary>
    private IEnumerable<(string Text, Style Style)> Cells(IEnumerable<StripSegment> segments)
    {
        bool open = false;
        foreach (StripSegment segment in segments)
        {
            bool blank = segment.Tone is Tone.Plain;
            string edge = blank && !(open && !_colours) ? " " : _colours && _unicode ? "▏" : "|";
            int room = segment.Cells - 1;
            string text = segment.Text.Split('|').FirstOrDefault(t => t.Length <= room) ?? string.Empty;
            char filling = _colours || blank ? ' ' : TerminalPalette.Filling(segment.Tone);
            yield return (edge + text.PadRight(room, filling), _colours ? TerminalPalette.Cell(segment.Tone) : Style.Plain);
            open = !blank;
        }

        if (open && !_colours)
        {
            yield return ("|", Style.Plain);
        }
    }

    private void Caption(string caption)
    {
        Line([]);
        if (caption.Length > 0)
        {
            Line([new string(' ', Indent), Run.Dim(caption)]);
        }
    }

    private Run Spell(Run run) => _unicode ? run : run with { Text = PlainCharacters.Of(run.Text) };

    private void Line(IEnumerable<Run> runs) =>
        Write(runs.Select(Spell).Select(r => (r.Text, _colours ? TerminalPalette.Text(r.Tone) : Style.Plain)));

    /// <summary>Writes a line without the blanks at its end, which nobody sees and a diff does.</summary>
    private void Write(IEnumerable<(string Text, Style Style)> pieces)
    {
        List<(string Text, Style Style)> line = [.. pieces];
        while (line is [.., var last] && last.Style.Background == Color.Default && last.Text.EndsWith(' ') | last.Text.Length == 0)
        {
            line.RemoveAt(line.Count - 1);
            if (!string.IsNullOrWhiteSpace(last.Text))
            {
                line.Add((last.Text.TrimEnd(' '), last.Style));
            }
        }

        Paragraph paragraph = new();
        foreach ((string text, Style style) in line)
        {
            paragraph.Append(text, style);
        }

        _console.Write(paragraph);
        _console.WriteLine();
    }
}
