namespace KernelSim.Tool.Bench.Telling;

/// <summary>KernelSim's number as a bar, with a letter where each of the others would end. The longest of a row fills the width.</summary>
internal static class BenchBar
{
    private const char Filled = '━';
    private const char Empty = '·';

    /// <summary>Draws a bar.</summary>
    /// <param name="value">KernelSim's number.</param>
    /// <param name="others">Letters and numbers of the others.</param>
    /// <param name="full">What fills the width; null for the largest of all.</param>
    /// <param name="width">Columns.</param>
    public static string Of(double value, IReadOnlyList<(char Letter, double Value)> others, double? full, int width)
    {
        double most = full ?? others.Select(o => o.Value).Append(value).Max();
        if (most <= 0 || (others.Count == 0 && full is null))
        {
            return "";
        }

        int Cell(double number) => Math.Clamp((int)Math.Round(number / most * width), 1, width) - 1;
        char[] cells = new char[width];
        Array.Fill(cells, Empty);
        Array.Fill(cells, Filled, 0, Cell(value) + 1);
        foreach ((char letter, double number) in others.OrderByDescending(o => o.Value))
        {
            cells[Cell(number)] = letter;
        }

        return new string(cells).TrimEnd(Empty);
    }
}
