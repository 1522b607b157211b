using System.Globalization;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>The points of a chart as a file: a line for each, the series in quotes.</summary>
internal static class ChartCsv
{
    private const string Head = "series,x,y";

    /// <summary>Writes points.</summary>
    public static void Write(TextWriter writer, IEnumerable<ChartPoint> points)
    {
        writer.WriteLine(Head);
        foreach (ChartPoint p in points)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\"{p.Series}\",{p.X},{Math.Round(p.Y, 3)}"));
        }
    }

    /// <summary>Reads points.</summary>
    /// <exception cref="InvalidDataException">A line is not one of a chart; the message says which.</exception>
    public static IReadOnlyList<ChartPoint> Read(IEnumerable<string> lines)
    {
        List<ChartPoint> points = [];
        int number = 0;
        foreach (string line in lines.DefaultIfEmpty(""))
        {
            number++;
            if (number == 1 ? line != Head : !TryParse(line, points))
            {
                throw new InvalidDataException($"line {number}: '{line}' given, expected {(number == 1 ? Head : "\"series\",number,number")}");
            }
        }

        return points;
    }

    private static bool TryParse(string line, List<ChartPoint> points)
    {
        string[] parts = line.Split('"');
        string[] numbers = parts.Length == 3 && parts[0].Length == 0 ? parts[2].Split(',') : [];
        if (numbers.Length != 3 || numbers[0].Length != 0 || !TryNumber(numbers[1], out double x) || !TryNumber(numbers[2], out double y))
        {
            return false;
        }

        points.Add(new ChartPoint(parts[1], x, y));
        return true;
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
