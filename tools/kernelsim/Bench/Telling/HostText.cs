using System.Globalization;
using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench.Telling;

/// <summary>The host that a run was measured on.</summary>
internal static class HostText
{
    private const string Model = "model name";

    /// <summary>Name of the CPU; its architecture where the host does not tell.</summary>
    public static string Cpu
    {
        get
        {
            string? line = OperatingSystem.IsLinux()
                ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith(Model, StringComparison.Ordinal))
                : null;
            return line?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
        }
    }

    /// <summary>Its system.</summary>
    public static string System => RuntimeInformation.OSDescription;

    /// <summary>The .NET that runs this.</summary>
    public static string Runtime => RuntimeInformation.FrameworkDescription;

    /// <summary>All in one line.</summary>
    public static string Line =>
        string.Create(CultureInfo.InvariantCulture, $"{Cpu}, {Environment.ProcessorCount} CPUs, {System}, {Runtime}");
}
