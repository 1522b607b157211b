using System.Runtime.InteropServices.JavaScript;
using System.Runtime.Versioning;
using KernelSim.LabScripts.Explain;
using KernelSim.LabScripts.Output;
using KernelSim.LabScripts.Runs;
using KernelSim.Playground.Runs;

namespace KernelSim.Playground;

/// <summary>What the page's worker calls. Texts are JSON; one run at a time, and its trace until the next begins.</summary>
[SupportedOSPlatform("browser")]
internal static partial class Exports
{
    private static PlaygroundRun? s_run;

    /// <summary>The words of lab scripts, for completion: see <see cref="ScriptWordList"/>.</summary>
    [JSExport]
    internal static string Words() => JsonText.Of(OutputFormat.Json, ScriptWordList.Write);

    /// <summary>The invalid lines of a script, which is not run.</summary>
    /// <param name="script">The script.</param>
    /// <param name="cpus">Number of processors of the machine.</param>
    [JSExport]
    internal static string Check(string script, int cpus) =>
        JsonText.Of(OutputFormat.Json, json => ScriptCheck.Write(json, ScriptCheck.Of(script, cpus)));

    /// <summary>What an errno, a check, a result or a status means, as <c>kernelsim explain</c> tells it.</summary>
    /// <param name="word">The word.</param>
    [JSExport]
    internal static string Explain(string word) => Explainer.Find(word) is { } found
        ? JsonText.Of(OutputFormat.Json, json => ExplanationJson.Write(json, found))
        : Failure.WrongUsage($"'{word}' given, expected an errno, a check, a result or a status").ToJson(OutputFormat.Json);

    /// <summary>Boots the machine of a run, after the end of the run before.</summary>
    /// <param name="options">An object with <c>script</c> and what <see cref="RunOptions"/> reads.</param>
    /// <returns><c>event</c> is <c>machine</c>, or <c>end</c> for wrong options.</returns>
    [JSExport]
    internal static string Start(string options)
    {
        PlaygroundRun? old = s_run;
        s_run = null;
        old?.Dispose();
        return PlaygroundRun.Start(options, out s_run);
    }

    /// <summary>Makes the next call of the run's script.</summary>
    /// <returns><c>event</c> is <c>step</c>, or <c>end</c> once there is none.</returns>
    [JSExport]
    internal static string Next() => s_run?.Next() ?? RunEnd.NoRun;

    /// <summary>The trace of the latest run: <c>json</c>, its events as lines, and <c>page</c>, the data of the trace view, both as texts.</summary>
    [JSExport]
    internal static string Trace() => s_run?.Trace() ?? RunEnd.NoRun;
}
