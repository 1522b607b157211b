using System.Globalization;
using System.Text.RegularExpressions;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Structures;

/// <summary>What a thread was doing on a processor when the machine stopped, read from the line that the machine has kept of it.</summary>
/// <param name="Cpu">The processor's number.</param>
/// <param name="Irql">The thread's level; null if the processor was idle.</param>
/// <param name="Process">The process on whose behalf it ran; null for the system.</param>
/// <param name="Image">The process's name.</param>
/// <param name="Request">The request; null for none.</param>
/// <param name="Locks">How many spin locks it held.</param>
internal sealed record StoppedProcessor(int Cpu, string? Irql, uint? Process, string? Image, ulong? Request, int? Locks)
{
    private static readonly Regex s_thread = new(
        @"(?<irql>\w+) level, (process (?<pid>\d+) \((?<name>.*?)\)|system), request (?<request>\d+), (?<locks>\d+) spin locks held");

    /// <summary>The threads of a line, which describes one processor.</summary>
    public static IEnumerable<StoppedProcessor> Parse(int cpu, string line)
    {
        MatchCollection threads = s_thread.Matches(line);
        return threads.Count == 0
            ? [new StoppedProcessor(cpu, null, null, null, null, null)]
            : threads.Select(t => new StoppedProcessor(
                cpu,
                Enum.TryParse(t.Groups["irql"].Value, out Irql irql) ? IrqlNames.NameOf(irql) : t.Groups["irql"].Value,
                t.Groups["pid"].Success ? Number<uint>(t, "pid") : null,
                t.Groups["name"].Success ? t.Groups["name"].Value : null,
                Number<ulong>(t, "request") is not 0 and var request ? request : null,
                Number<int>(t, "locks")));
    }

    private static T Number<T>(Match match, string group)
        where T : ISpanParsable<T> => T.TryParse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture, out T? number) ? number : default!;
}
