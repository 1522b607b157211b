using KernelSim.Protocol.Gate;

namespace KernelSim.Nt.Ke;

/// <summary>Packs an access violation into the numbers of a record.</summary>
internal static class FlightFault
{
    /// <param name="violation">The access that failed: its address and its length in bytes.</param>
    /// <param name="unhandled">Whether the process made it and has ended by it; otherwise the kernel found it.</param>
    public static FlightNumbers Pack(in AccessViolation violation, bool unhandled)
    {
        FlightNumbers numbers = default;
        numbers[0] = (long)violation.Address;
        numbers[1] = (long)violation.Length;
        numbers[2] = unhandled ? 1 : 0;
        return numbers;
    }
}
