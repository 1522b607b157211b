using KernelSim.Protocol;
using KernelSim.Protocol.Gate;

namespace KernelSim.UserMode.Calls;

/// <summary>
/// What a library keeps for one of the threads that call it: the errors that C keeps per thread, and a call with its channel, so that no
/// call takes a lock or writes what another thread's calls write.
/// </summary>
internal sealed class LibraryThread
{
    private readonly Thread _thread = Thread.CurrentThread;
    private volatile bool _isBusy;

    /// <summary>The C runtime's errno.</summary>
    public Errno Errno { get; set; }

    /// <summary>The refusal of the last call; null if no check refused.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>What <c>GetLastError</c> returns.</summary>
    public Win32Error LastError { get; set; }

    /// <summary>
    /// The refusal of the thread's last call, also if the program made it through the typed API, which leaves <see cref="Refusal"/> alone.
    /// </summary>
    public Refusal? CallRefusal { get; private set; }

    /// <summary>The fault that ended the process, if the thread's last call found it ended and raised the fault itself.</summary>
    public AccessViolationFault? CallFault { get; set; }

    /// <summary>The thread's call, which <see cref="CallPool"/> owns; null before its first.</summary>
    public ApiCall? Call { get; set; }

    /// <summary>Whether <see cref="Call"/> is in progress. Set by the thread, read by others once the pool is closed.</summary>
    public bool IsBusy
    {
        get => _isBusy;
        set => _isBusy = value;
    }

    /// <summary>True once the host thread has ended: it makes no calls any more.</summary>
    public bool HasEnded => !_thread.IsAlive;

    /// <summary>Sets <see cref="CallRefusal"/>; nearly always there was none, and is none.</summary>
    public void NoteRefusal(Refusal? refusal)
    {
        if (!ReferenceEquals(CallRefusal, refusal))
        {
            CallRefusal = refusal;
        }
    }
}
