using System.Globalization;
using KernelSim.EndToEnd.Tests.Bpftool.Transcripts;
using KernelSim.HostBpf;
using KernelSim.LabScripts.Machines;

namespace KernelSim.EndToEnd.Tests.Bpftool.Host;

/// <summary>
/// Random commands, given to the host's bpftool on the host's kernel and to the verbs here. Skipped, with the reason, where the host does not permit
/// it. <c>KERNELSIM_BPFTOOL_COMMANDS</c> sets the number of commands for each map, <c>KERNELSIM_BPFTOOL_SEED</c> another seed.
/// </summary>
public sealed class HostBpftoolTests
{
    private const int Commands = 25;

    public HostBpftoolTests()
    {
        string? reason = HostBpftool.WhyUnavailable();
        Assert.SkipWhen(reason is not null, reason ?? "");
    }

    [Theory]
    [InlineData("hash", 4, 8)]
    [InlineData("hash", 1, 20)]
    [InlineData("array", 4, 5)]
    [InlineData("percpu_hash", 4, 12)]
    [InlineData("percpu_array", 4, 20)]
    [InlineData("lru_hash", 4, 4)]
    [InlineData("lpm_trie", 8, 4)]
    [InlineData("queue", 0, 4)]
    [InlineData("stack", 0, 17)]
    public void Random_commands_print_what_the_hosts_bpftool_prints(string type, int keySize, int valueSize)
    {
        MapKind kind = new(type, keySize, valueSize);
        using HostBpftool host = new();
        using BpftoolMachine machine = new(new MachineSettings { Cpus = HostBpfMap.PossibleCpus });
        string path = HostBpftool.NewPath();
        Assert.Equal(new ToolRun(0, "", ""), host.Create(path, kind.LinuxWords));
        machine.Prepare($"map create {path} {kind.Words}");
        int seed = Setting("KERNELSIM_BPFTOOL_SEED", 1);
        CommandGenerator generator = new(kind, path, new Random(seed));
        for (int i = 0; i < Setting("KERNELSIM_BPFTOOL_COMMANDS", Commands); i++)
        {
            string command = generator.Next();
            ToolRun expected = Comparable(kind, command, kind.OfWindows(HostBpftool.Run(command)));
            ToolRun given = Comparable(kind, command, machine.Run(command));

            Assert.True(given == expected, $"seed {seed}, command {i}: bpftool {command}\n{Text(expected)}\n{Text(given)}");
        }
    }

    private static ToolRun Comparable(MapKind kind, string command, ToolRun run)
    {
        run = TranscriptText.Neutral(run);
        return kind.IsUnordered && command.Contains("map dump", StringComparison.Ordinal) ? TranscriptText.Unordered(run) : run;
    }

    private static string Text(ToolRun run) => $"{run.ExitCode}: {run.Output}{run.Error}";

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out int number) ? number : otherwise;
}
