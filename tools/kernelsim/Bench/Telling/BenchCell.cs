using System.Globalization;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>A number in a table, or the letter of the reason why there is none.</summary>
/// <param name="Text">As it is shown.</param>
internal sealed record BenchCell(string Text)
{
    /// <summary>A number with the digits that it deserves.</summary>
    public static BenchCell Of(double number) => new(number.ToString(number < 99.95 ? "F1" : "F0", CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    public override string ToString() => Text;
}
