using System.Text.Json.Serialization;

namespace KernelSim.Tool.Lab.Labs.PerCpu;

/// <summary>A program that counts packets, and the packets.</summary>
/// <param name="File">Full path of the library that has its class, or of an object file.</param>
/// <param name="Class">The class; null for an object file.</param>
/// <param name="Packets">The packets; the first two are of different CPUs.</param>
internal sealed record CounterInput(string File, string? Class, IReadOnlyList<CountedPacket> Packets)
{
    /// <summary>Processors.</summary>
    public int Cpus { get; init; }

    /// <summary>How often the packets come on each processor when they come on all at once.</summary>
    public int Repeats { get; init; }

    /// <summary>Seed of the machine.</summary>
    public ulong Seed { get; init; }

    /// <summary>What all packets count.</summary>
    [JsonIgnore]
    public PacketCount Total => Packets.Aggregate(PacketCount.None, (sum, p) => sum + PacketCount.Of(p.Length));

    /// <summary>What the packets of one processor count.</summary>
    public PacketCount Of(int cpu) => Packets.Where(p => p.Cpu == cpu).Aggregate(PacketCount.None, (sum, p) => sum + PacketCount.Of(p.Length));
}

/// <summary>A packet that is counted.</summary>
/// <param name="Cpu">The processor that it comes to.</param>
/// <param name="Length">Its bytes.</param>
internal sealed record CountedPacket(int Cpu, int Length);

/// <summary>What a program that counts packets did: from its map, as another process of the machine reads it.</summary>
internal sealed record CounterFacts
{
    /// <summary>Why it cannot be loaded, or how it ended; null if it ran.</summary>
    public string? Problem { get; init; }

    /// <summary>bpftool's names of its maps' types.</summary>
    public IReadOnlyList<string> MapTypes { get; init; } = [];

    /// <summary>The first of them; null if it has no map.</summary>
    [JsonIgnore]
    public string? MapType => MapTypes is [{ } first, ..] ? first : null;

    /// <summary>Bytes of the first map's value, of one CPU's in a per-CPU map.</summary>
    public long ValueSize { get; init; }

    /// <summary>Whether it calls an atomic operation of .NET's; false for an object file.</summary>
    public bool UsesInterlocked { get; init; }

    /// <summary>What the slots of its map hold after the packets came one after the other: one slot, or one of each processor.</summary>
    public IReadOnlyList<PacketCount> Slots { get; init; } = [];

    /// <summary>Where a run was stopped in the middle of another; as many as the run has steps.</summary>
    public int Stops { get; init; }

    /// <summary>The first of them after which the map did not hold both packets; null if it always did.</summary>
    public LossFact? Loss { get; init; }

    /// <summary>What the map gained when the packets came on all processors at once.</summary>
    public PacketCount AtOnce { get; init; } = PacketCount.None;

    /// <summary>What the slots hold together.</summary>
    [JsonIgnore]
    public PacketCount Total => Slots.Aggregate(PacketCount.None, (sum, s) => sum + s);
}

/// <summary>Two packets that were not both counted.</summary>
/// <param name="Step">The step of the first run before which the second came and went, from 1.</param>
/// <param name="Place">File and line of that step; empty if that is not known.</param>
/// <param name="Given">What the map gained.</param>
/// <param name="Expected">What the packets count.</param>
internal sealed record LossFact(int Step, string Place, PacketCount Given, PacketCount Expected);
