using System.Globalization;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>What the host has left for maps.</summary>
internal static class HostMemory
{
    private const string Field = "MemAvailable:";
    private const long Reserve = 256 << 20;

    /// <summary>Bytes that may be taken without harm, as far as is known.</summary>
    public static long Free
    {
        get
        {
            // The runtime knows the limit of a container, Linux what all processes leave.
            long limit = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes - Environment.WorkingSet;
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/meminfo").FirstOrDefault(l => l.StartsWith(Field, StringComparison.Ordinal))
                : null;
            long left = line is null
                ? limit
                : long.Parse(line[Field.Length..].Replace("kB", "", StringComparison.Ordinal), NumberStyles.Any, CultureInfo.InvariantCulture) << 10;
            return Math.Max(0, Math.Min(limit, left) - Reserve);
        }
    }

    /// <summary>A number of bytes for people.</summary>
    public static string Text(long bytes) => bytes >= 1 << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 30):F1} GiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes >> 20} MiB");
}
