using System.Diagnostics.Tracing;
using System.Runtime.CompilerServices;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Tracing;
using static KernelSim.Tracing.UserApiEventSource;

namespace KernelSim.UserMode;

/// <summary>The checks of one call in progress: reports each comparison if a listener wants it, and keeps the refusal.</summary>
internal sealed class CallChecks
{
    private string? _mapName;
    private bool _hasMap;

    /// <summary>The request id that all events of the call carry.</summary>
    public ulong RequestId { get; private set; }

    /// <summary>The function that the program called.</summary>
    public string Function { get; private set; } = "";

    /// <summary>Name of the map that the call is about, for messages; null until the map has been looked up.</summary>
    public string? MapName
    {
        get => _hasMap ? _mapName : null;
        set
        {
            // Mostly it is the name that the call before set: then there is no reference to store.
            _hasMap = true;
            if (!ReferenceEquals(_mapName, value))
            {
                _mapName = value;
            }
        }
    }

    /// <summary>Why the call failed, once a check has refused it.</summary>
    public Refusal? Refusal { get; private set; }

    /// <summary>The result of the refused check, to return after a <c>Require</c> method returned false.</summary>
    public EbpfResult Refused => Refusal!.Check.Result;

    private bool IsTraced { get; set; }

    private string Subject => MapName is null ? Function : SubjectOf(MapName);

    /// <summary>The start of error messages about a map: <c>map 'stats'</c>.</summary>
    public static string SubjectOf(string mapName) => mapName.Length > 0 ? $"map '{mapName}'" : "map";

    /// <summary>Resets the object for the next call.</summary>
    /// <param name="requestId">Request id of the call.</param>
    /// <param name="function">The function that the program called.</param>
    /// <param name="traced">Whether the provider has any listener.</param>
    public void Begin(ulong requestId, string function, bool traced)
    {
        RequestId = requestId;
        if (!ReferenceEquals(Function, function))
        {
            Function = function;
        }

        _hasMap = false;
        Refusal = null;
        IsTraced = traced && Log.IsEnabled(EventLevel.Verbose, Keywords.Check);
    }

    /// <summary>Reports a comparison, and remembers the refusal if it failed.</summary>
    /// <param name="passed">Whether the comparison holds.</param>
    /// <param name="check">The row of the check.</param>
    /// <param name="what">What was looked at, as a message names it.</param>
    /// <param name="given">The number that was given.</param>
    /// <param name="expected">The number expected: the minimum, the maximum or the only valid value.</param>
    /// <returns><paramref name="passed"/>.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Require(bool passed, Check check, string what, long given, long expected)
    {
        if (!passed || IsTraced)
        {
            Tell(passed, check, what, given, expected);
        }

        return passed;
    }

    /// <summary>Reports a comparison if a listener wants it, without consequences.</summary>
    public void Report(bool passed, Check check, string what, long given, long expected)
    {
        if (IsTraced)
        {
            Log.SizeCheck(RequestId, check.Id, what, given, expected, passed);
        }
    }

    /// <summary>Records a refusal without numbers.</summary>
    /// <returns>The check's result.</returns>
    public EbpfResult Refuse(Check check, string what) => Refuse(check, null, null, $"{what}, expected {check.Formula}");

    /// <summary>Records a refusal.</summary>
    /// <param name="check">The row of the check.</param>
    /// <param name="given">The number given; null if the check compares no numbers.</param>
    /// <param name="expected">The number expected; likewise.</param>
    /// <param name="text">What was given and what was expected, in words.</param>
    /// <returns>The check's result.</returns>
    public EbpfResult Refuse(Check check, long? given, long? expected, string text)
    {
        EbpfResult result = check.IsOfTheLibrary ? check.Result : ResultConversions.SeenThroughIoctl(check.Status);
        string errno = Record(check, given, expected, result, text);
        Log.InvalidArgument(RequestId, check.Id, Function, ResultConversions.NameOf(check.Result), "none", errno);
        KernelSimMeter.Refused(check.Id);
        return check.Result;
    }

    /// <summary>Records that the kernel refused a request of the call, and the result that the call therefore ends with.</summary>
    public void RecordKernel(Check check, long given, long expected, EbpfResult result) =>
        Record(check, given, expected, result, $"{check.Describe(given, expected)} ({check.Formula})");

    private void Tell(bool passed, Check check, string what, long given, long expected)
    {
        Report(passed, check, what, given, expected);
        if (!passed)
        {
            Refuse(check, given, expected, $"{what} {check.Describe(given, expected)} ({check.Formula})");
        }
    }

    private string Record(Check check, long? given, long? expected, EbpfResult result, string text)
    {
        string errnoName = ResultConversions.NameOf(ResultConversions.ToErrno(result));
        Refusal = new Refusal(check, given, expected, result, $"{Subject}: {text} [{check}] -> {errnoName}");
        return errnoName;
    }
}
