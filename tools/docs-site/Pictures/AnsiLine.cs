using System.Globalization;
using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Pictures;

/// <summary>A line of a terminal: spans of text with their colours.</summary>
/// <param name="Spans">From left to right.</param>
internal sealed record AnsiLine(IReadOnlyList<AnsiSpan> Spans)
{
    private static readonly Regex s_escape = new(@"\x1b\[(?<codes>[0-9;]*)m|\x1b\][^\x1b\a]*(\x1b\\|\a)");

    /// <summary>The line without its colours.</summary>
    public string Text => string.Concat(Spans.Select(s => s.Text));

    /// <summary>Reads a line whose colours and weight are set by escape sequences (SGR). They end with the line.</summary>
    public static AnsiLine Parse(string line)
    {
        List<AnsiSpan> spans = [];
        AnsiSpan style = new(string.Empty, null, null, false);
        int at = 0;
        foreach (Match escape in s_escape.Matches(line))
        {
            Add(line[at..escape.Index]);
            at = escape.Index + escape.Length;
            if (escape.Groups["codes"].Success)
            {
                style = Apply(style, escape.Groups["codes"].Value);
            }
        }

        Add(line[at..]);
        return new AnsiLine(spans);

        void Add(string text)
        {
            if (text.Length > 0)
            {
                spans.Add(style with { Text = text });
            }
        }
    }

    private static AnsiSpan Apply(AnsiSpan style, string codes)
    {
        int[] numbers = [.. codes.Split(';').Select(c => c.Length == 0 ? 0 : int.Parse(c, CultureInfo.InvariantCulture))];
        for (int i = 0; i < numbers.Length; i++)
        {
            bool hasColour = numbers[i] is 38 or 48 && i + 2 < numbers.Length && numbers[i + 1] == 5;
            style = numbers[i] switch
            {
                0 => new AnsiSpan(string.Empty, null, null, false),
                1 => style with { IsBold = true },
                22 => style with { IsBold = false },
                38 when hasColour => style with { Colour = XtermColours.Of(numbers[i + 2]) },
                48 when hasColour => style with { Background = XtermColours.Of(numbers[i + 2]) },
                39 => style with { Colour = null },
                49 => style with { Background = null },
                (>= 30 and <= 37) or (>= 90 and <= 97) => style with { Colour = XtermColours.Of(numbers[i] % 10 + (numbers[i] >= 90 ? 8 : 0)) },
                (>= 40 and <= 47) or (>= 100 and <= 107) =>
                    style with { Background = XtermColours.Of(numbers[i] % 10 + (numbers[i] >= 100 ? 8 : 0)) },
                _ => style,
            };
            i += hasColour ? 2 : 0;
        }

        return style;
    }
}

/// <summary>Text of one style.</summary>
/// <param name="Text">The characters, without escape sequences.</param>
/// <param name="Colour">Its colour as <c>#rrggbb</c>; null for the terminal's.</param>
/// <param name="Background">What is behind it, likewise.</param>
/// <param name="IsBold">Whether it is bold.</param>
internal sealed record AnsiSpan(string Text, string? Colour, string? Background, bool IsBold);
