using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Story;
using Spectre.Console;
using GridColumn = KernelSim.Tool.Story.GridColumn;

namespace KernelSim.Tool.Rendering;

/// <summary>Renders the story on a terminal, or as plain text if the output is not a terminal or has no colours.</summary>
internal sealed class TerminalRenderer
{
    private const int Indent = 2;
    private const int LabelWidth = 11;

    private readonly IAnsiConsole _console;
    private readonly bool _colours;
    private readonly bool _unicode;
    private readonly int _width;

    public TerminalRenderer(ToolConsole console)
    {
        _console = console.CreateRenderer();
        _colours = console.Colours;
        _unicode = console.Unicode;
        _width = console.LayoutWidth;
        console.NoteNarrowness();
    }

    /// <summary>Renders all blocks.</summary>
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
        Hanging([], 0, [Run.Strong(title.Title)]);
        Hanging([], 0, [Run.Dim(title.Subtitle)]);
    }

    private void Chapter(ChapterBlock chapter)
    {
        string number = chapter.Number.Length == 0 ? string.Empty : $"{chapter.Number} · ";
        Run title = Run.Strong($"━━ {number}{chapter.Title} ");
        string outcome = chapter.Outcome.Text.Length == 0 ? string.Empty : $" {chapter.Outcome.Text} ━━";
        Line([]);
        List<List<Run>> lines = [[Spell(title)]];
        if (TextLayout.Measure(lines[0]) + outcome.Length + 2 > _width)
        {
            lines = [.. TextLayout.Wrap(lines[0], _width), []];
        }

        lines.SkipLast(1).ToList().ForEach(Line);
        int rule = Math.Max(2, _width - TextLayout.Measure(lines[^1]) - outcome.Length);
        Line([.. lines[^1], Run.Dim(new string('━', rule)), chapter.Outcome with { Text = outcome }]);
    }

    private void Scene(SceneBlock scene)
    {
        Line([]);
        Hanging([new string(' ', Indent)], Indent + 2, [scene.Call, " ", Run.Dim("→"), " ", scene.Outcome]);
    }

    private void Prose(ProseBlock prose)
    {
        if (prose.Label.Length == 0)
        {
            Line([]);
            Hanging([new string(' ', Indent)], Indent, prose.Text);
            return;
        }

        Hanging([Run.Strong(new string(' ', Indent) + prose.Label.PadRight(LabelWidth))], Indent + LabelWidth, prose.Text);
    }

    private void Path(PathBlock path)
    {
        Caption(path.Caption);
        for (int i = 0; i < path.Steps.Count; i++)
        {
            PathStep step = path.Steps[i];
            string branch = i == 0 ? string.Empty : new string(' ', (i * 2) - 2) + "└ ";
            string who = new string(' ', Indent * 2) + (branch + step.Who).PadRight(LabelWidth + 10);
            Hanging([who], who.Length, [step.What]);
        }
    }

    /// <summary>Text that goes on below itself.</summary>
    /// <param name="start">What stands before it in the first line.</param>
    /// <param name="indent">Where the others begin.</param>
    /// <param name="text">The text.</param>
    private void Hanging(IReadOnlyList<Run> start, int indent, IReadOnlyList<Run> text)
    {
        bool first = true;
        foreach (List<Run> line in TextLayout.Wrap(text.Select(Spell), _width - indent))
        {
            Line(first ? [.. start, .. line] : [new string(' ', indent), .. line]);
            first = false;
        }
    }

    private void Grid(GridBlock grid)
    {
        Caption(grid.Caption);
        ColumnMeasure[] columns = [.. grid.Columns.Select((c, i) => Measure(grid, c, i))];
        bool first = true;
        foreach (TableBlock block in TableLayout.Fit(columns, _width - (Indent * 2)))
        {
            if (!first)
            {
                Line([]);
            }

            if (grid.Columns.Any(c => c.Name.Length > 0))
            {
                Row(grid, block, [.. grid.Columns.Select(c => new Run[] { Run.Dim(c.Name) })]);
            }

            // A row that has nothing in this block has been shown.
            IEnumerable<IReadOnlyList<Run[]>> rows = first
                ? grid.Rows
                : grid.Rows.Where(r => block.Columns.Skip(1).Any(c => r[c].Any(run => run.Text.Length > 0)));
            foreach (IReadOnlyList<Run[]> row in rows)
            {
                Row(grid, block, row);
            }

            first = false;
        }
    }

    /// <summary>The last cell of a row with anything in it runs on, so what it needs counts in the last column alone.</summary>
    private ColumnMeasure Measure(GridBlock grid, GridColumn column, int index)
    {
        bool isLast = index == grid.Columns.Count - 1;
        string[] cells =
        [
            .. grid.Rows.Where(r => isLast || column.IsNumber || index < Filled(r) - 1)
                .Select(r => string.Concat(r[index].Select(run => Spell(run).Text))),
        ];
        return new ColumnMeasure(column.Name, column.IsNumber, isWhole: false, cells);
    }

    private void Row(GridBlock grid, TableBlock block, IReadOnlyList<Run[]> row)
    {
        IReadOnlyList<Run[]> cells = [.. block.Columns.Select(c => row[c])];
        int filled = Filled(cells);
        List<List<Run>> line = [[new string(' ', Indent * 2)]];
        int used = Indent * 2;
        for (int i = 0; i < filled; i++)
        {
            bool isLast = i == filled - 1;
            int width = isLast && !grid.Columns[block.Columns[i]].IsNumber ? _width - used : block.Widths[i];
            List<Run> cell = [.. cells[i].Select(Spell)];
            List<List<Run>> lines = TextLayout.Measure(cell) <= width ? [cell] : TextLayout.Wrap(cell, width);
            Place(line, used, lines, width, grid.Columns[block.Columns[i]].IsNumber);
            used += width + block.Gap;
        }

        line.ForEach(Line);
    }

    /// <summary>Puts the lines of a cell into the lines of its row.</summary>
    private static void Place(List<List<Run>> row, int column, List<List<Run>> cell, int width, bool right)
    {
        for (int i = 0; i < cell.Count; i++)
        {
            if (i == row.Count)
            {
                row.Add([]);
            }

            int gap = column - TextLayout.Measure(row[i]);
            row[i].AddRange([new string(' ', gap), .. TextLayout.Pad(cell[i], width, right)]);
        }
    }

    /// <summary>Number of cells up to the last one with content.</summary>
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

    /// <summary>A lane's cells: blocks of colour on a terminal with colours, otherwise boxes filled with characters.</summary>
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
            Hanging([new string(' ', Indent)], Indent, [Run.Dim(caption)]);
        }
    }

    private Run Spell(Run run) => _unicode ? run : run with { Text = PlainCharacters.Of(run.Text) };

    private void Line(IEnumerable<Run> runs) =>
        Write(runs.Select(Spell).Select(r => (r.Text, _colours ? TerminalPalette.Text(r.Tone) : Style.Plain)));

    /// <summary>Writes a line without trailing blanks, which are invisible but show up in a diff.</summary>
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
