using System.Globalization;

namespace KernelSim.Tool.Bench.Charts;

/// <summary>Places the values of an axis between two pixels.</summary>
internal sealed class ChartScale
{
    private static readonly double[] s_steps = [1, 2, 5];

    private readonly bool _isLog;
    private readonly double _first;
    private readonly double _last;
    private readonly double _from;
    private readonly double _to;

    /// <summary>Makes the scale of an axis that has all of its ticks and all values.</summary>
    /// <param name="axis">Linear or logarithmic; its ticks, if it has any, are part of the range.</param>
    /// <param name="values">What is plotted. A logarithmic axis leaves out values that are not positive.</param>
    /// <param name="from">Pixel of the smallest.</param>
    /// <param name="to">Pixel of the largest.</param>
    public ChartScale(ChartAxis axis, IEnumerable<double> values, double from, double to)
    {
        _isLog = axis.IsLog;
        double[] all = [.. values.Where(v => !axis.IsLog || v > 0), .. axis.Ticks.Select(t => t.Value)];
        (double least, double most) = all.Length == 0 ? (1, 10) : (all.Min(), all.Max());
        if (axis.Ticks.Count == 0)
        {
            least = axis.IsLog ? StepBelow(least) : 0;
            most = StepAbove(most);
        }

        (_first, _last) = (Position(least), Position(most == least ? least + 1 : most));
        (_from, _to) = (from, to);
        Ticks = axis.Ticks.Count > 0 ? axis.Ticks : [.. Steps(least, most).Select(v => (v, v.ToString("0.###", CultureInfo.InvariantCulture)))];
    }

    /// <summary>Values to label.</summary>
    public IReadOnlyList<(double Value, string Text)> Ticks { get; }

    /// <summary>The pixel of a value.</summary>
    public double Of(double value) => _from + ((Position(value) - _first) / (_last - _first) * (_to - _from));

    private static IEnumerable<double> Steps(double least, double most) =>
        Enumerable.Range(-3, 16)
            .SelectMany(power => s_steps.Select(s => s * Math.Pow(10, power)))
            .Where(v => v >= least * 0.999 && v <= most * 1.001);

    private static double StepBelow(double value) => Steps(0, value).Last();

    private static double StepAbove(double value) => Steps(value, double.MaxValue).First();

    private double Position(double value) => _isLog ? Math.Log10(Math.Max(value, 1e-3)) : value;
}
