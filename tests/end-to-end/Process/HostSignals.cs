using System.Diagnostics;
using System.Globalization;

namespace KernelSim.EndToEnd.Tests.Process;

/// <summary>
/// Starts programs so that they see signals. A test run under <c>nohup</c>, or in the background of a shell without job control, ignores some,
/// and so does every program that it starts: <c>kill -INT</c> then does nothing.
/// </summary>
internal static class HostSignals
{
    private static readonly (int Number, string Name)[] s_signals = [(1, "HUP"), (2, "INT"), (3, "QUIT"), (15, "TERM")];

    /// <summary>Has a program start with the default handling of every signal that this process ignores.</summary>
    public static ProcessStartInfo Restore(ProcessStartInfo start)
    {
        string[] ignored = [.. Ignored()];
        return ignored.Length == 0
            ? start
            : Through(start, "env", [$"--default-signal={string.Join(',', ignored)}"]);
    }

    /// <summary>Has a program start as one that ignores signals.</summary>
    public static ProcessStartInfo Ignore(ProcessStartInfo start, string signals) => Through(start, "env", [$"--ignore-signal={signals}"]);

    private static ProcessStartInfo Through(ProcessStartInfo start, string program, IEnumerable<string> options)
    {
        string[] arguments = [.. options, start.FileName, .. start.ArgumentList];
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
        if (!OperatingSystem.IsLinux() || File.ReadLines("/proc/self/status").FirstOrDefault(l => l.StartsWith(field, StringComparison.Ordinal)) is not { } line)
        {
            return [];
        }

        ulong mask = ulong.Parse(line[field.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return s_signals.Where(s => (mask & (1UL << (s.Number - 1))) != 0).Select(s => s.Name);
    }
}
