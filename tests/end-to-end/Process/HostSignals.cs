using System.Diagnostics;
using System.Globalization;

namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>
/// Sends signals, and starts programs so that they receive them. A program inherits ignored signals: those that <c>nohup</c> or a background
/// job of a shell without job control set to be ignored in the test process, for example.
/// </summary>
internal static class HostSignals
{
    private static readonly (int Number, string Name)[] s_signals = [(1, "HUP"), (2, "INT"), (3, "QUIT"), (15, "TERM")];

    /// <summary>Makes a program start with the default handling of every signal that this process ignores.</summary>
    public static ProcessStartInfo Restore(ProcessStartInfo start)
    {
        string[] ignored = [.. Ignored()];
        return ignored.Length == 0
            ? start
            : Through(start, "env", $"--default-signal={string.Join(',', ignored)}");
    }

    /// <summary>Sends a signal to a process by its name without the prefix, such as <c>TERM</c>.</summary>
    public static void Send(System.Diagnostics.Process process, string name)
    {
        using var kill = System.Diagnostics.Process.Start("kill", [$"-{name}", $"{process.Id}"]);
        Assert.Equal(0, kill.EndWithin("the end of kill").ExitCode);
    }

    private static ProcessStartInfo Through(ProcessStartInfo start, string program, string option)
    {
        string[] arguments = [option, start.FileName, .. start.ArgumentList];
        start.FileName = program;
        start.ArgumentList.Clear();
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    private static IEnumerable<string> Ignored()
    {
        const string field = "SigIgn:";
        if (!OperatingSystem.IsLinux()
            || File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal)) is not { } line)
        {
            return [];
        }

        ulong mask = ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return s_signals.Where(s => (mask & (1UL << (s.Number - 1))) != 0).Select(s => s.Name);
    }
}
