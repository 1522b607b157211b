using System.Globalization;
using System.Text;
using KernelSim.TraceAnalysis.Wording;

namespace KernelSim.Testing;

/// <summary>Parts of a text as lines, wrapped to a width that logs and windows show.</summary>
internal static class PlainPage
{
    private const int Width = 100;
    private const string Gap = "  ";

    /// <summary>Appends the parts. A heading has an empty line above it.</summary>
    public static void Write(StringBuilder text, IEnumerable<TextPart> parts)
    {
        foreach (TextPart part in parts)
        {
            switch (part)
            {
                case TextPart.Heading heading:
                    text.AppendLine().AppendLine(heading.Text);
                    break;
                case TextPart.Paragraph paragraph:
                    Write(text, paragraph);
                    break;
                case TextPart.Table table:
                    Write(text, table);
                    break;
            }
        }
    }

    private static void Write(StringBuilder text, TextPart.Paragraph paragraph)
    {
        string start = paragraph.Label.PadRight(paragraph.Indent);
        StringBuilder line = new(start);
        bool isEmpty = true;
        foreach (string word in paragraph.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && line.Length + 1 + word.Length > Width)
            {
                text.AppendLine(line.ToString());
                line.Clear().Append(' ', paragraph.Indent);
                isEmpty = true;
            }

            line.Append(isEmpty ? string.Empty : " ").Append(word);
            isEmpty = false;
        }

        text.AppendLine(line.ToString());
    }

    private static void Write(StringBuilder text, TextPart.Table table)
    {
        string[][] lines = [[.. table.Headings], .. table.Rows.Select(row => row.Select(Text).ToArray())];
        int[] widths = [.. table.Headings.Select((_, column) => lines.Max(line => line[column].Length))];
        bool[] isNumber =
        [
            .. table.Headings.Select((_, column) =>
                table.Rows.Any(r => r[column] is not string) && table.Rows.All(r => r[column] is not string or "")),
        ];
        foreach (string[] line in lines)
        {
            IEnumerable<string> cells = line.Select((cell, i) => isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.AppendLine(string.Join(Gap, cells).TrimEnd());
        }
    }

    private static string Text(object cell) => Convert.ToString(cell, CultureInfo.InvariantCulture)!;
}
