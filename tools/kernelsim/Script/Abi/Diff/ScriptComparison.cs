using System.Text.Json;
using KernelSim.Tool.CommandLine;
using KernelSim.Tool.Script.Abi.Linux;

namespace KernelSim.Tool.Script.Abi.Diff;

/// <summary>
/// A script run line by line by the rules of both systems, each on a machine of its own: prints the lines whose results diverge, and the rule that
/// decided there.
/// </summary>
/// <param name="console">The console for results.</param>
/// <param name="format">Text, or a JSON object a divergence.</param>
/// <param name="windows">The session that follows the rules of eBPF for Windows.</param>
/// <param name="linux">The session that follows those of Linux, with <see cref="LinuxCalls"/>.</param>
internal sealed class ScriptComparison(ToolConsole console, OutputFormat format, ScriptSession windows, ScriptSession linux)
{
    private readonly Dictionary<string, int> _divergences = [];
    private int _lines;
    private int _latest;
    private int _count;
    private int? _crashed;

    /// <summary>Runs a script to its end.</summary>
    /// <returns>What was wrong with the line at which it stopped; null when it ran to the end.</returns>
    public Failure? Execute(ScriptText lines)
    {
        ScriptInterpreter onWindows = new(windows);
        ScriptInterpreter onLinux = new(linux);
        for (int number = 1; ; number++)
        {
            if (lines.Read(out string? line) is { } unreadable)
            {
                return unreadable;
            }

            if (line is null)
            {
                console.Out.Flush();
                console.Note($"script: {_count} of {_lines} calls diverge");
                return null;
            }

            ScriptAnswer? here = null;
            if ((onWindows.Answer(line, number, out ScriptAnswer? there) ?? onLinux.Answer(line, number, out here)) is { } wrong)
            {
                return wrong;
            }

            if (there is not null)
            {
                _lines++;
                Compare(number, there, here!);
            }
        }
    }

    private void Compare(int number, ScriptAnswer there, ScriptAnswer here)
    {
        string windowsText = TextOf(there);
        string linuxText = TextOf(here);
        if (ComparedResult.AreSame(windowsText, linuxText, there.Call.Op.Fields.Any(f => f.Kind == ScriptFieldKind.NewName)))
        {
            return;
        }

        // A program that has crashed makes no calls; the fault itself is by a rule.
        AbiRule[] rules = _crashed is not null ? [] : [.. ((LinuxCalls)linux.Calls).Cited.Where(r => r.DivergesFrom(windows.Library.Version))];
        int? cause = _crashed ?? (rules.Length == 0 ? CauseOf(there.Call) : null);
        Divergence divergence = new(number, there.Call.Op.Name, linuxText, windowsText, rules, cause);
        console.Out.WriteLine(format == OutputFormat.Text ? divergence.ToText() : JsonText.Of(format, divergence.Write));
        console.Out.Flush();
        _count++;
        _crashed ??= there.Result.Fault is null ? null : number;
        if (LinuxCalls.OnlyReads(there.Call.Op))
        {
            return;
        }

        _latest = number;
        if (MapOf(there.Call) is { } map)
        {
            _divergences[map] = number;
        }
    }

    /// <summary>The line before, on the same map if there is one, after which the two maps are no longer alike; null if there is none.</summary>
    private int? CauseOf(ScriptCall call) =>
        MapOf(call) is { } map && _divergences.TryGetValue(map, out int line) ? line : _latest > 0 ? _latest : null;

    private static string? MapOf(ScriptCall call) => call.As ?? (call.Has("fd") ? $"{call.Descriptor()}" : null);

    private static string TextOf(ScriptAnswer answer) =>
        JsonText.Of(OutputFormat.Json, (Utf8JsonWriter json) => answer.Result.Write(json, answer.Call.Id));
}
