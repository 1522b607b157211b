using KernelSim.Tool.CommandLine;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Sessions;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>The notes about providers without a recorded event: nothing happened, the name is wrong, or the program does not use KernelSim.</summary>
/// <param name="settings">The requested providers.</param>
/// <param name="sessions">The programs that were started and recorded; empty when the process ran already.</param>
/// <param name="heard">The requested providers that have recorded events.</param>
internal sealed class ProviderNotes(SessionSettings settings, IReadOnlyList<RuntimeSession> sessions, IReadOnlyCollection<string> heard)
{
    /// <summary>The sources of the programs that booted a machine.</summary>
    private readonly HashSet<string> _known = [.. sessions.SelectMany(s => s.Providers ?? [])];

    /// <summary>True when a program is known to use the libraries.</summary>
    private bool UsesLibraries => _known.Count > 0 || settings.Server is not null;

    /// <summary>Writes the notes.</summary>
    /// <returns>The exit code of the recording.</returns>
    public int Tell(ToolConsole console)
    {
        int exitCode = ExitCode.Done;
        bool isExplained = false;
        foreach (string name in settings.Profile is null ? Unknown() : [])
        {
            isExplained = true;
            string? nearest = Nearest(name);
            string known = nearest is not null ? NearestWords.Hint([nearest])
                : _known.Count > 0 ? ": none of that name was there when the machine booted, and no event of it was heard; "
                    + $"KernelSim's are {string.Join(" and ", ProviderNames.All)}"
                : ": no event of it was heard, and whether the program has it cannot be told; "
                    + $"KernelSim's are {string.Join(" and ", ProviderNames.All)}";
            console.Note($"--providers: '{name}' given, expected a provider of the program{known}");
            if (nearest is not null || heard.Count == 0)
            {
                exitCode = ExitCode.Failed;
            }
        }

        if (!isExplained && heard.Count == 0)
        {
            console.Note(Silence());
        }

        return exitCode;
    }

    private IEnumerable<string> Unknown() => settings.Providers.Select(p => p.Name).Distinct()
        .Where(n => !heard.Contains(n) && !ProviderNames.All.Contains(n) && !_known.Contains(n, StringComparer.OrdinalIgnoreCase));

    private string? Nearest(string name)
    {
        string[] candidates = [.. ProviderNames.All.Concat(_known).Distinct()];
        return NearestWords.To(name, candidates).Concat(NearestWords.To(ProviderNames.WithPrefix(name), candidates)).FirstOrDefault();
    }

    private string Silence() => (settings.Profile?.Name, UsesLibraries) switch
    {
        (TraceProfile.Errors, true) => "no refusal, fault or bugcheck was heard: there was none while this was recorded",
        (TraceProfile.Errors, false) when settings.ProcessId is not null =>
            "no refusal, fault or bugcheck was heard: there was none while this was recorded, if the program uses KernelSim's libraries",
        (null, true) => "no event of the providers, keywords and levels that were asked for was heard",
        (_, true) => "no event was heard: nothing happened on the machine while this was recorded",
        _ => "no event was heard; does the program use KernelSim's libraries?",
    };
}
