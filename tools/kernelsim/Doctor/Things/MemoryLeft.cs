using System.Globalization;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The memory that this process may take.</summary>
internal sealed class MemoryLeft : IHostThing
{
    private const long Enough = 1L << 30;
    private const long Least = 256L << 20;

    /// <inheritdoc/>
    public string Id => "memory";

    /// <inheritdoc/>
    public string Name => "memory";

    /// <inheritdoc/>
    public bool IsNeeded => true;

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        long free = Math.Min(limit, FreeOnHost(host) ?? limit);
        string found = $"{Text(free)} free of {Text(limit)}";
        const string More = "end other programs, or give the container or virtual machine more";
        return free >= Enough ? Finding.Ok(found, "A machine takes what its maps hold; a million elements of bench fit.")
            : free >= Least ? Finding.Limited(found, "Every verb runs; bench leaves out the maps that do not fit.", More)
            : Finding.Missing(found, $"A machine and its trace need about {Text(Least)}.", More);
    }

    /// <summary>What all processes of Linux leave; null where the host does not say.</summary>
    private static long? FreeOnHost(HostView host)
    {
        const string Field = "MemAvailable:";
        string? line = host.ReadText("/proc/meminfo")?.Split('\n').FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal));
        return long.TryParse(line?[Field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture, out long kilobytes)
            ? kilobytes << 10
            : null;
    }

    private static string Text(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):F1} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");
}
