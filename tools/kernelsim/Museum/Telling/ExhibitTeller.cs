using KernelSim.Nt;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Tool.Museum.Acting;
using KernelSim.Tool.Museum.Exhibits;
using KernelSim.Tool.Museum.Facts;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;
using KernelSim.TraceAnalysis;

namespace KernelSim.Tool.Museum.Telling;

/// <summary>Turns the facts of an exhibit into its story. Numbers come from the trace or from the program's memory.</summary>
/// <param name="facts">What there is to tell.</param>
/// <param name="isNarrow">Whether the two addresses of a copy stand below each other instead of beside.</param>
internal sealed class ExhibitTeller(ExhibitFacts facts, bool isNarrow)
{
    private static readonly GridColumn s_plain = new(string.Empty);

    private readonly bool _disagree = facts.Acts.Any(a => a.Steps.Any(s => s.Witnesses?.FirstDisagreement is not null));

    private string Machine => $"{Words.Of(facts.Machine.Cpus, "CPU")}, a {ExhibitNames.Of(facts.Heap)} heap";

    /// <summary>The whole story.</summary>
    public IReadOnlyList<StoryBlock> Tell() => [.. Opening(), .. facts.Acts.SelectMany(act => Tell(act)), .. Ending()];

    private IEnumerable<StoryBlock> Opening()
    {
        ExhibitLabel label = facts.Exhibit.Label;
        yield return new TitleBlock(
            $"{label.Id}: {label.Title}",
            $"{label.Project}, {label.Year}, {ExhibitNames.Of(label.Side)}, {ExhibitNames.Of(label.State)}; "
                + $"on a simulated machine with {Machine} and seed {facts.Machine.Seed}");
        yield return ProseBlock.Of(facts.Exhibit.Words.Meant);
        yield return new GridBlock(
            "what each side believed",
            [s_plain, s_plain],
            [
                [["application"], [facts.Exhibit.Words.Application]],
                [["library"], [facts.Exhibit.Words.Library]],
                [["kernel"], [facts.Exhibit.Words.Kernel]],
            ]);
    }

    private IEnumerable<StoryBlock> Tell(ActFacts act)
    {
        yield return new ChapterBlock(string.Empty, $"{act.Version}: {act.Cast.Name}", Outcome(act));
        foreach (StoryBlock block in act.Steps.SelectMany(step => Tell(act, step)))
        {
            yield return block;
        }

        if (act.Observations.Count > 0)
        {
            yield return new GridBlock(
                "what the program saw",
                [s_plain, new("meant"), new("seen")],
                [
                    .. act.Observations.Select(o => (IReadOnlyList<Run[]>)
                        [[o.What], [o.Meant], [o.IsRight ? Run.Good(o.Seen) : Run.Bad(o.Seen)]]),
                ]);
        }

        foreach (string leak in act.Leaks)
        {
            yield return ProseBlock.Labelled("Left", Run.Bad(leak), ", when the machine shut down");
        }

        if (act.HidesBug)
        {
            yield return ProseBlock.Labelled("Hidden", $"The bug does not show on this machine ({Machine}): everything ended as meant.");
        }

        yield return act.Version == ExhibitRun.Before
            ? ProseBlock.Labelled("Wrong", facts.Exhibit.Words.Wrong)
            : ProseBlock.Labelled("Fix", facts.Exhibit.Words.Fix);
    }

    private IEnumerable<StoryBlock> Tell(ActFacts act, StepFacts step)
    {
        yield return new SceneBlock(Run.Code(step.Step.Spelled), Outcome(act, step), step.Request.Id);
        foreach (ProseBlock why in Why(act, step))
        {
            yield return why;
        }

        if (step.Witnesses is { } witnesses && (_disagree || witnesses.Kernel.Cpus > 1))
        {
            yield return WitnessGrid.Of(witnesses);
        }

        if (step.Request.Ledger.Count > 0)
        {
            yield return LedgerGrid.Of(step.Request, step.Request.ProcessId, isNarrow);
        }
    }

    private static IEnumerable<ProseBlock> Why(ActFacts act, StepFacts step)
    {
        if (step.Step.Fault is { } fault)
        {
            yield return ProseBlock.Labelled(
                "What",
                $"A {MemoryAccessNames.NameOf(fault.Access)} of {Words.Of(fault.Length, "byte")} at ", Run.Code(Words.Hex(fault.Start)), " in ",
                Run.Code(fault.Site), ": the first byte that may not be touched is ", Run.Bad(Words.Hex(fault.Address)), Beside(step.Request, fault),
                ". The process is gone.");
        }
        else if (IsStopped(act, step))
        {
            yield return ProseBlock.Labelled("What", Run.Bad(Failure.MachineStopped(new BugcheckException(act.Stop!)).Message));
        }
        else if (step.Request.Refusal is { } refusal)
        {
            Check? check = CheckTable.Find(refusal.Check);
            yield return ProseBlock.Labelled("Check", Run.Code(check?.Code ?? string.Empty), " ", Run.Code(refusal.Check), $": {check?.Text}");
            if (step.Request.RefusedCheck is { } compared)
            {
                yield return ProseBlock.Labelled("Given", Run.Bad(compared.Describe(n => Words.N(n))));
            }
        }
        else if (step.Step.Result < 0)
        {
            string answer = step.Request.Ioctls is [.., { Stop: { } stop }]
                ? $"the kernel's last answer was {stop.Status}"
                : "the kernel was never asked";
            yield return ProseBlock.Labelled("Why", $"No check refused it: {answer}.");
        }
    }

    private static string Beside(RequestView request, AccessViolation fault) =>
        request.Buffers.LastOrDefault(b => b.Address <= fault.Start && fault.Start <= b.Address + (ulong)b.Bytes) is { } buffer
            ? $", {Words.Of((long)(fault.Address - buffer.Address), "byte")} from the start of {buffer.What}, "
                + $"which has {Words.Of(buffer.Bytes, "byte")}"
            : string.Empty;

    private static Run Outcome(ActFacts act, StepFacts step) =>
        step.Step.Fault is not null ? Run.Bad("access violation")
        : IsStopped(act, step) ? Run.Bad("the machine stopped")
        : step.Step.Status is { } status ? status
        : ExhibitStage.Spell(step.Step.Result ?? 0);

    /// <summary>The machine stopped in the last step: no later one was played.</summary>
    private static bool IsStopped(ActFacts act, StepFacts step) => act.Stop is not null && step == act.Steps[^1];

    private static Run Outcome(ActFacts act) => act.Outcome switch
    {
        ActOutcome.Right => Run.Good("right"),
        ActOutcome.Wrong => Run.Bad("wrong"),
        ActOutcome.Crashed => Run.Bad("crash"),
        _ => Run.Bad("the machine stopped"),
    };

    private IEnumerable<StoryBlock> Ending()
    {
        ExhibitLabel label = facts.Exhibit.Label;
        yield return new ChapterBlock(string.Empty, "where it is from", string.Empty);
        yield return new GridBlock(
            string.Empty,
            [s_plain, s_plain],
            [
                [[label.State == BugState.Unreported ? "source" : "report"], [Run.Code(label.Link.ToString())]],
                .. label.Fixes.Select(fix => (IReadOnlyList<Run[]>)[["fix"], [Run.Code(fix.ToString())]]),
            ]);
        int events = facts.Acts.Sum(a => a.Trace.Events.Count);
        yield return ProseBlock.Of($"Witnesses and ledgers above were read back from {Words.Of(events, "recorded event")}.");
    }
}
