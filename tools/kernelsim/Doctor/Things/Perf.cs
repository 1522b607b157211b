namespace KernelSim.Tool.Doctor.Things;

/// <summary>perf(1), for profiles of the benchmarks.</summary>
internal sealed class Perf : IHostThing
{
    private const string Paranoia = "/proc/sys/kernel/perf_event_paranoid";

    /// <inheritdoc/>
    public string Id => "perf";

    /// <inheritdoc/>
    public string Name => "perf";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        const string Means = "Profiles cannot be made with tests/benchmarks/profile.sh; nothing else needs it.";
        if (host.System != HostSystem.Linux)
        {
            return Finding.Missing("It exists on Linux only", Means, null);
        }

        if (host.Find("perf") is not { } path)
        {
            return Finding.Missing("None on the PATH", Means, "sudo apt-get install linux-perf, or linux-tools-generic on Ubuntu");
        }

        string? level = host.ReadText(Paranoia);
        return int.TryParse(level, out int number) && number > 2 && !host.Holds(HostView.Perfmon) && !host.Holds(HostView.SysAdmin)
            ? Finding.Limited($"{path}, perf_event_paranoid is {level}", Means, "sudo sysctl kernel.perf_event_paranoid=2")
            : Finding.Ok(path, "Profiles can be made: tests/benchmarks/profile.sh says where the time of a call goes.");
    }
}
