using System.Diagnostics;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.HostBpf;

namespace KernelSim.EndToEnd.Tests.Bpftool.Host;

/// <summary>The host's own bpftool, with the host's kernel. Its pins are removed in the end.</summary>
internal sealed class HostBpftool : IDisposable
{
    private const string Version = "bpftool v7.1.0";

    private readonly List<string> _pins = [];

    /// <summary>Why it cannot be compared with; null if it can.</summary>
    public static string? WhyUnavailable()
    {
        if (HostBpfMap.WhyUnavailable() is { } reason)
        {
            return reason;
        }

        try
        {
            using HostBpftool tool = new();
            string version = Run("version").Output.Split('\n')[0];
            if (version != Version)
            {
                return $"The host has {version}, not {Version}.";
            }

            string path = NewPath();
            ToolRun made = tool.Create(path, "type array key 4 value 4 entries 1 name probe");
            return made.ExitCode == 0 ? null : $"The host's bpftool cannot pin a map: {made.Error}";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "The host has no bpftool.";
        }
    }

    /// <summary>A pin path that no other map has.</summary>
    public static string NewPath() => $"/sys/fs/bpf/ks{Guid.NewGuid():N}";

    /// <summary>Creates a map.</summary>
    public ToolRun Create(string path, string words)
    {
        _pins.Add(path);
        return Run($"map create {path} {words}");
    }

    /// <summary>Runs a command line.</summary>
    public static ToolRun Run(string line)
    {
        using System.Diagnostics.Process process = ToolProcess.Start(new ProcessStartInfo("bpftool", line.Split(' ')));
        process.StandardInput.Close();
        (int exitCode, string output, string error) = process.EndWithin($"the end of 'bpftool {line}'");
        return new ToolRun(exitCode, output, error);
    }

    public void Dispose() => _pins.ForEach(File.Delete);
}
