using System.Globalization;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The processors that this process may use, and those of the host.</summary>
internal sealed class Processors : IHostThing
{
    private const string Means = "The machine's processors are simulated: --cpus may be more. ";

    /// <inheritdoc/>
    public string Id => "processors";

    /// <inheritdoc/>
    public string Name => "processors";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        int used = host.Processors;
        int there = host.ReadText("/sys/devices/system/cpu/online") is { } online ? Count(online) : used;
        string found = there > used ? $"{used} of the host's {there}" : $"{used}";
        return used >= 2
            ? Finding.Ok(found, Means + "Threads of clients and of bench share these.")
            : Finding.Limited(
                found,
                Means + "Threads take turns, and bench leaves out what two threads do at once.",
                there > used
                    ? "give the process more: docker run --cpus, taskset, or the CPUQuota of its unit"
                    : "give the virtual machine more processors");
    }

    /// <summary>The number in a list such as <c>0-3,8</c>.</summary>
    private static int Count(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries).Sum(range =>
    {
        string[] ends = range.Split('-');
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int last)
            ? last - first + 1
            : 0;
    });
}
