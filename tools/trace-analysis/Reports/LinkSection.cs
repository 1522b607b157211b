using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Reports;

/// <summary>Totals links, and the runs of hooks through them.</summary>
internal sealed class LinkSection
{
    private const string Success = "EBPF_SUCCESS";

    private readonly SortedDictionary<long, LinkTotals> _links = [];

    public IReadOnlyList<LinkTotals> Links => [.. _links.Values];

    public void Add(TracedEvent e)
    {
        switch (e)
        {
            case LinkChangeEvent change:
                LinkTotals changed = Of(change.LinkId) with { ProgramId = change.ProgramId, AttachType = change.AttachType };
                _links[change.LinkId] = change.IsAttached
                    ? changed with { Attached = changed.Attached + 1 }
                    : changed with { Detached = changed.Detached + 1 };
                break;
            case ExtensionAttachEvent answer:
                _links[answer.LinkId] = Of(answer.LinkId) with { AttachType = answer.AttachType, Answer = answer.Status };
                break;
            case HookInvokeEvent run:
                LinkTotals link = Of(run.LinkId);
                _links[run.LinkId] = link with
                {
                    ProgramId = run.ProgramId,
                    Invocations = link.Invocations + 1,
                    Failed = link.Failed + (run.Status == Success ? 0 : 1),
                    LastResult = run.Result,
                };
                break;
        }
    }

    private LinkTotals Of(long id) => _links.GetValueOrDefault(id) ?? new LinkTotals(id);
}
