using KernelSim.EbpfCore;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Facts;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Recording;
using KernelSim.UserMode;

namespace KernelSim.Tool.Museum.Acting;

/// <summary>Plays an exhibit, each time on a fresh machine, while a recorder listens.</summary>
internal static class ExhibitRun
{
    /// <summary>How <see cref="ActFacts.Version"/> names the play as it was.</summary>
    public const string Before = "before";

    /// <summary>How <see cref="ActFacts.Version"/> names the play as it is.</summary>
    public const string After = "after";

    /// <summary>Plays it.</summary>
    /// <param name="exhibit">The exhibit.</param>
    /// <param name="settings">The requested machine. The cast says which library is used.</param>
    /// <param name="onlyVersion">The only version to play; null for both.</param>
    public static ExhibitFacts Play(IExhibit exhibit, MachineSettings settings, string? onlyVersion = null)
    {
        (string Version, Cast Cast)[] casts = [(Before, exhibit.Before), (After, exhibit.After)];
        return new ExhibitFacts(
            exhibit,
            settings,
            [.. casts.Where(c => onlyVersion is null || c.Version == onlyVersion).Select(c => Play(exhibit, settings, c.Version, c.Cast))]);
    }

    private static ActFacts Play(IExhibit exhibit, MachineSettings settings, string version, Cast cast)
    {
        ulong requestIdBase = RequestIdRange.OfThisThread;
        using TraceRecorder recorder = TraceRecorder.StartInMemory(requestIdBase);
        using LabMachine lab = LabMachine.Boot(
            settings with { RequestIdBase = requestIdBase },
            new EbpfCoreOptions { Defects = cast.DriverDefects },
            exhibit.NeedsExtensions);
        PsProcess process = lab.Start(new ProcessOptions { Name = "exhibit.exe", Heap = cast.Heap ?? settings.Heap });
        Libbpf library = new(process.Gate, cast.Library, cast.LibraryDefects);
        ExhibitStage stage = new(lab, process, library, cast.CallerErrs);
        try
        {
            exhibit.Play(stage);
            library.Dispose();
            process.Terminate(NtStatus.Success);
        }
        catch (Exception end) when (end is ProcessExitedException or BugcheckException)
        {
            // Part of the play: the step or the machine remembers it.
        }

        IReadOnlyList<string> leaks = lab.Machine.StopRecord is null ? lab.Shutdown() : [];
        TraceLog trace = recorder.Stop();
        return new ActFacts(
            version, cast, [.. Read(stage.Steps, trace, requestIdBase)], stage.Observations, leaks, lab.Machine.StopRecord, trace);
    }

    /// <summary>The steps that the story tells, with their requests: calls are in the trace by their function, in the same order.</summary>
    private static IEnumerable<StepFacts> Read(IReadOnlyList<PlayedStep> steps, TraceLog trace, ulong requestIdBase)
    {
        List<RequestView> calls = [.. trace.Requests.Where(r => r.Start is not null)];
        int next = 0;
        foreach (PlayedStep step in steps)
        {
            // What only prepares the story may consist of calls with other names.
            int found = step.Request is null ? calls.FindIndex(next, r => r.Start!.Function == step.Function) : -1;
            next = found < 0 ? next : found + 1;
            if (step.IsShown && (found < 0 ? trace.Request((step.Request ?? 0) - requestIdBase) : calls[found]) is { } request)
            {
                yield return new StepFacts(step, request);
            }
        }
    }
}
