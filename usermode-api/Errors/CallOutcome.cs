using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>The outcome of one call of the library, before it becomes a return value or an exception.</summary>
internal readonly struct CallOutcome
{
    /// <summary>The process had ended before the call, or ended during it: <c>ESRCH</c>.</summary>
    public static readonly CallOutcome ProcessEnded = new() { Ended = true };

    /// <summary>The call's result.</summary>
    public EbpfResult Result { get; init; }

    /// <summary>The return value of a successful call: 0, a descriptor, a number.</summary>
    public int Value { get; init; }

    /// <summary>Elements done.</summary>
    public int Done { get; init; }

    /// <summary>The refusal; null if no check refused.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>True if the process has ended.</summary>
    public bool Ended { get; init; }

    /// <summary>The fault in this call that ended the process, if that is how it ended.</summary>
    public AccessViolationFault? Fault { get; init; }

    /// <summary>The errno that the outcome stands for.</summary>
    public Errno Errno => Ended ? Errno.ESRCH : ResultConversions.ToErrno(Result);
}
