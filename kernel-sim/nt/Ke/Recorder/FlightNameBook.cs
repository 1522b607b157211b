using System.Globalization;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Nt.Ke;

/// <summary>The names that a reader of the flight recorder has: the system's, then those of drivers, in the order in which they were added.</summary>
public sealed class FlightNameBook
{
    private static readonly Check[] s_systemChecks =
        [SystemChecks.IoProbeInput, SystemChecks.IoProbeOutput, SystemChecks.IoProbeStatusBlock, SystemChecks.IoMethodBuffered];

    private readonly IReadOnlyList<IFlightNames> _drivers;

    /// <summary>Creates a book.</summary>
    /// <param name="drivers">The drivers' names.</param>
    public FlightNameBook(IReadOnlyList<IFlightNames> drivers)
    {
        ArgumentNullException.ThrowIfNull(drivers);
        _drivers = drivers;
    }

    /// <summary>The operation of a control request: its name, or its control code.</summary>
    public string OperationOf(FlightEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        IoControlCode code = new(entry.Code);
        byte[] start = entry.RequestStart();
        return _drivers.Select(d => d.OperationOf(code, start)).FirstOrDefault(name => name is not null) ?? code.ToString();
    }

    /// <summary>The row of a check; null if nobody knows the number.</summary>
    public Check? CheckOf(int number) =>
        _drivers.Select(d => d.CheckOf(number)).FirstOrDefault(check => check is not null)
        ?? Array.Find(s_systemChecks, check => check.Number == number);

    /// <summary>The wording of a kind. One that nobody knows shows its numbers.</summary>
    public FlightWording WordingOf(FlightKind kind) =>
        FlightKindTable.Find(kind)
        ?? _drivers.Select(d => d.WordingOf(kind)).FirstOrDefault(wording => wording is not null)
        ?? new FlightWording(kind, $"kind_{(int)kind}", static (e, _) => string.Join(", ", e.Numbers.Select(Digits)));

    private static string Digits(long number) => number.ToString(CultureInfo.InvariantCulture);
}
