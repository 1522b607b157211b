using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode;

/// <summary>How one call of the library ended, before anybody makes a return value or an exception of it.</summary>
internal readonly struct CallOutcome
{
    /// <summary>The process had ended when the call was made, or ended in the middle: <c>ESRCH</c>.</summary>
    public static readonly CallOutcome ProcessEnded = new() { Ended = true };

    /// <summary>What it came to.</summary>
    public EbpfResult Result { get; init; }

    /// <summary>What a successful call returns: 0, a descriptor, a number.</summary>
    public int Value { get; init; }

    /// <summary>Elements done.</summary>
    public int Done { get; init; }

    /// <summary>Who refused, if somebody did.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>True when there is no process any more.</summary>
    public bool Ended { get; init; }

    /// <summary>The fault in this very call that ended the process, if that is how it ended.</summary>
    public AccessViolation? Fault { get; init; }

    /// <summary>What errno says.</summary>
    public Errno Errno => Ended ? Errno.ESRCH : ResultConversions.ToErrno(Result);
}
