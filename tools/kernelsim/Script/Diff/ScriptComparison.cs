using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.LabScripts.Abi;
using KernelSim.LabScripts.Abi.Linux;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script.Diff;

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
    // The last line that left a map different on the two systems, by the map's descriptors there.
    private readonly Dictionary<(long Windows, long Linux), int> _divergences = [];
    private int _lines;
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
        bool isNew = there.Call.Op.Fields.Any(f => f.Kind == ScriptFieldKind.NewName);
        if (isNew)
        {
            // The descriptor may have been another map's.
            _divergences.Remove((there.Result.Ret, here.Result.Ret));
        }

        if (ComparedResult.AreSame(windowsText, linuxText, isNew))
        {
            return;
        }

        // A program that has crashed makes no calls; the fault itself is by a rule.
        AbiRule[] rules = _crashed is not null ? [] : [.. ((LinuxCalls)linux.Calls).Cited.Where(r => r.DivergesFrom(windows.Library.Version))];
        (long Windows, long Linux)? map = isNew ? (there.Result.Ret, here.Result.Ret)
            : there.Call.Has("fd") ? (there.Call.Descriptor(), here.Call.Descriptor())
            : null;
        int? cause = _crashed ?? (rules.Length == 0 && map is { } known && _divergences.TryGetValue(known, out int line) ? line : null);
        Divergence divergence = new(number, there.Call.Op.Name, linuxText, windowsText, rules, cause);
        console.Out.WriteLine(format == OutputFormat.Text ? divergence.ToText() : JsonText.Of(format, divergence.Write));
        console.Out.Flush();
        _count++;
        _crashed ??= there.Result.Fault is null ? null : number;
        if (map is { } changed && !LinuxCalls.OnlyReads(there.Call.Op))
        {
            _divergences[changed] = number;
        }
    }

    private static string TextOf(ScriptAnswer answer) =>
        JsonText.Of(OutputFormat.Json, (Utf8JsonWriter json) => answer.Result.Write(json, answer.Call.Id));
}
