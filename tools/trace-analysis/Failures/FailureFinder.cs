using KernelSim.TraceAnalysis.Events;

namespace KernelSim.TraceAnalysis.Failures;

/// <summary>
/// Finds the first failed request of a trace, while the trace is read. A fault or a refusal takes precedence over an errno without a
/// refusal, and any of them over <c>ENOENT</c>, which in most iterations only means the end.
/// </summary>
public sealed class FailureFinder
{
    private const string EndOfMap = "ENOENT";

    /// <summary>The errno of a call that returned a callback's return value: not a failure.</summary>
    private const string NoErrno = "0";

    private ulong? _stopped;
    private ulong? _failed;
    private ulong? _ended;

    /// <summary>Id of the request; null if none failed.</summary>
    public ulong? Request => _stopped ?? _failed ?? _ended;

    /// <summary>Processes the next event.</summary>
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
