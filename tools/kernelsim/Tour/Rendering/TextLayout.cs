using KernelSim.Tool.Tour.Story;

namespace KernelSim.Tool.Tour.Rendering;

/// <summary>Lines of toned text: wrapping, padding, measuring. One character is one column: the story uses no wider ones.</summary>
internal static class TextLayout
{
    /// <summary>Columns of a line.</summary>
    public static int Measure(IEnumerable<Run> line) => line.Sum(r => r.Text.Length);

    /// <summary>Breaks text at spaces into lines of at most <paramref name="width"/> columns; a longer word is cut.</summary>
    public static List<List<Run>> Wrap(IEnumerable<Run> text, int width)
    {
        List<List<Run>> lines = [[]];
        int used = 0;
        foreach (Run run in text)
        {
            foreach (string word in Words(run.Text, width))
            {
                if (used > 0 && used + word.TrimEnd(' ').Length > width)
                {
                    lines.Add([]);
                    used = 0;
                }

                if (used > 0 || !string.IsNullOrWhiteSpace(word))
                {
                    Append(lines[^1], run with { Text = word });
                    used += word.Length;
                }
            }
        }

        return lines;
    }

    /// <summary>Fills a line up with spaces, before or after its text.</summary>
    public static IEnumerable<Run> Pad(IReadOnlyList<Run> line, int width, bool right)
    {
        string fill = new(' ', Math.Max(0, width - Measure(line)));
        return right ? [fill, .. line] : [.. line, fill];
    }

    /// <summary>Words with the space that follows them.</summary>
    private static IEnumerable<string> Words(string text, int width)
    {
        for (int start = 0; start < text.Length;)
        {
            int space = text.IndexOf(' ', start);
            int end = Math.Min(space < 0 ? text.Length : space + 1, start + width);
            yield return text[start..end];
            start = end;
        }
    }

    private static void Append(List<Run> line, Run run)
    {
        if (line is [.., var last] && last.Tone == run.Tone)
        {
            line[^1] = last with { Text = last.Text + run.Text };
        }
        else
        {
            line.Add(run);
        }
    }
}
