using System.Globalization;
using KernelSim.Protocol.Checks;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>A check compared two numbers.</summary>
/// <param name="Header">When, who, and all fields untyped.</param>
/// <param name="Check">The check's id.</param>
/// <param name="What">What was compared.</param>
/// <param name="Given">The number given.</param>
/// <param name="Expected">The number expected.</param>
/// <param name="Passed">Whether the check passed.</param>
public sealed record SizeCheckEvent(EventHeader Header, string Check, string What, long Given, long Expected, bool Passed)
    : TracedEvent(Header)
{
    /// <summary>Both numbers in the words of the check's row: <c>0 given, expected at most 2</c>.</summary>
    /// <param name="digits">How a size or a count is written; plain digits when null.</param>
    public string Describe(Func<long, string>? digits = null)
    {
        if (CheckTable.Find(Check) is { } row)
        {
            return row.Describe(Given, Expected, Passed, digits);
        }

        digits ??= number => number.ToString(CultureInfo.InvariantCulture);
        return $"{digits(Given)} given, expected {digits(Expected)}";
    }
}
