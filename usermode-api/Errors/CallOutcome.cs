using KernelSim.Protocol;

namespace KernelSim.UserMode;

/// <summary>
/// The outcome of one call of the library, before it becomes a return value or an exception. It fits two registers; what only failures have
/// is left with the thread: <c>LibraryThread.CallRefusal</c>, <c>LibraryThread.CallFault</c>.
/// </summary>
internal readonly struct CallOutcome
{
    private const ulong EndedBit = 1UL << 32;

    /// <summary>The process had ended before the call, or ended during it: <c>ESRCH</c>.</summary>
    public static readonly CallOutcome ProcessEnded = new(0, EndedBit);

    private readonly ulong _resultAndValue;
    private readonly ulong _doneAndEnded;

    /// <param name="result">The call's result.</param>
    /// <param name="value">The return value of a successful call.</param>
    /// <param name="done">Elements done.</param>
    public CallOutcome(EbpfResult result, int value, int done)
        : this((uint)result | ((ulong)(uint)value << 32), (uint)done)
    {
    }

    private CallOutcome(ulong resultAndValue, ulong doneAndEnded)
    {
        _resultAndValue = resultAndValue;
        _doneAndEnded = doneAndEnded;
    }

    /// <summary>The call's result.</summary>
    public EbpfResult Result => (EbpfResult)(uint)_resultAndValue;

    /// <summary>The return value of a successful call: 0, a descriptor, a number.</summary>
    public int Value => (int)(_resultAndValue >> 32);

    /// <summary>Elements done.</summary>
    public int Done => (int)_doneAndEnded;

    /// <summary>True if the process has ended.</summary>
    public bool Ended => (_doneAndEnded & EndedBit) != 0;

    /// <summary>The errno that the outcome stands for.</summary>
    public Errno Errno => Ended ? Errno.ESRCH : ResultConversions.ToErrno(Result);
}
