using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>
/// Finds the first request of a trace that failed, while the trace is read. A fault or a refusal comes before an errno that nothing
/// refused, and any of them before <c>ENOENT</c>, which says of most iterations no more than that they are over.
/// </summary>
public sealed class FailureFinder
{
    private const string EndOfMap = "ENOENT";

    /// <summary>What a call says that returned what a callback of the program's own answered: nothing went wrong here.</summary>
    private const string NoErrno = "0";

    private ulong? _stopped;
    private ulong? _failed;
    private ulong? _ended;

    /// <summary>The request; null when none failed.</summary>
    public ulong? Request => _stopped ?? _failed ?? _ended;

    /// <summary>Takes the next event.</summary>
    public void Add(TracedEvent e)
    {
        switch (e)
        {
            case AccessViolationEvent or InvalidArgumentEvent { Errno: not EndOfMap } when e.RequestId != 0:
                _stopped ??= e.RequestId;
                break;
            case ApiCallStopEvent { Result: < 0, Errno: not (EndOfMap or NoErrno) }:
                _failed ??= e.RequestId;
                break;
            case ApiCallStopEvent { Result: < 0, Errno: EndOfMap }:
                _ended ??= e.RequestId;
                break;
        }
    }
}
