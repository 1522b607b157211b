using KernelSim.Protocol;
using KernelSim.Protocol.Checks;

namespace KernelSim.Nt.Ke;

/// <summary>What records of the flight recorder leave to their reader: the names of a driver's operations, checks and own kinds of records.</summary>
public interface IFlightNames
{
    /// <summary>The operation of a control request; null if it is not the driver's.</summary>
    /// <param name="code">The control code of the request, as the driver got it.</param>
    /// <param name="start">The first 8 bytes of the request; zeros where it is shorter.</param>
    string? OperationOf(IoControlCode code, ReadOnlySpan<byte> start);

    /// <summary>The row of a check; null if the number is not one of the driver's.</summary>
    Check? CheckOf(int number);

    /// <summary>How a kind of record that the driver defines is worded; null if it does not define it.</summary>
    FlightWording? WordingOf(FlightKind kind);
}
