using System.Runtime.InteropServices;
using System.Text;

namespace KernelSim.Nt.Ke;

/// <summary>Packs the start of a name into the four numbers of a record, so that it needs no string: up to 32 bytes of UTF-8.</summary>
internal static class FlightName
{
    private const int Most = FlightNumbers.Count * sizeof(long);

    public static FlightNumbers Pack(string name)
    {
        FlightNumbers numbers = default;
        Span<long> span = numbers;
        Encoding.UTF8.GetEncoder().Convert(name, MemoryMarshal.AsBytes(span), flush: true, out _, out _, out _);
        return numbers;
    }

    /// <summary>The name again, without control characters: it is part of a line.</summary>
    public static string Unpack(ReadOnlySpan<long> numbers)
    {
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(numbers)[..Most];
        int end = bytes.IndexOf((byte)0);
        string name = Encoding.UTF8.GetString(end < 0 ? bytes : bytes[..end]);
        return string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
    }
}
