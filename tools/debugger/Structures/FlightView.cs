using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Structures;

/// <summary>A machine's flight recorder.</summary>
internal sealed class FlightView(MachineView machine)
{
    private const int LargestRing = 1 << 20;

    private static readonly KernelField s_recorder = KernelField.Property<Machine>(nameof(Machine.FlightRecorder));
    private static readonly KernelField s_rings = KernelField.Of<FlightRecorder>("_rings");
    private static readonly KernelField s_address = KernelField.Of<FlightRing>("_address");
    private static readonly KernelField s_bytes = KernelField.Of<FlightRing>("_bytes");

    /// <summary>The newest records of all processors, oldest first. A ring that cannot be read is reported, and left out.</summary>
    public IReadOnlyList<FlightEntry> Read(KernelMemory memory, int count, Action<string> note)
    {
        List<ReadOnlyMemory<byte>> rings = [];
        foreach (ITargetObject ring in machine.Object.Required(s_recorder).Array(s_rings).Objects())
        {
            if (Copy(ring, memory, note) is { } bytes)
            {
                rings.Add(bytes);
            }
        }

        IReadOnlyList<FlightEntry> records = FlightLog.Read(rings, count, [CoreFlightNames.Instance], out IReadOnlyList<string> problems);
        foreach (string problem in problems)
        {
            note($"flight recorder: {problem}");
        }

        return records;
    }

    private static byte[]? Copy(ITargetObject ring, KernelMemory memory, Action<string> note)
    {
        ulong address = ring.Pointer(s_address);
        long bytes = ring.Integer(s_bytes);
        if (bytes is < 0 or > LargestRing)
        {
            note($"flight recorder: a ring of {bytes} bytes given, expected at most {LargestRing}");
            return null;
        }

        byte[] copy = new byte[bytes];
        if (!memory.TryReadHost(address, copy))
        {
            note($"flight recorder: the ring at host address 0x{address:x} cannot be read");
            return null;
        }

        return copy;
    }
}
