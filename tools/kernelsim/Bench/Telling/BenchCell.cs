using System.Globalization;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>A number in a table, or the letter of the reason why there is none.</summary>
/// <param name="Text">As it is shown.</param>
internal sealed record BenchCell(string Text)
{
    /// <summary>A number with the digits that it deserves.</summary>
    public static BenchCell Of(double number)
    {
        string format = number < 9.995 ? "F2" : number < 99.95 ? "F1" : "F0";
        return new BenchCell(number.ToString(format, CultureInfo.InvariantCulture));
    }

    /// <inheritdoc/>
    public override string ToString() => Text;
}
