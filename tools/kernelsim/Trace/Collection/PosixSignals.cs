using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace KernelSim.Tool.Trace.Collection;

/// <summary>What the class library cannot do with signals: send one to another process, and start one with the actions of the host.</summary>
[UnsupportedOSPlatform("windows")]
internal static partial class PosixSignals
{
    private const int Kill = 9;
    private const int BrokenPipe = 13;
    private const int Terminate = 15;

    /// <summary>Asks a process to end.</summary>
    public static void AskToEnd(int processId) => _ = Send(processId, Terminate);

    /// <summary>Ends a process.</summary>
    public static void End(int processId) => _ = Send(processId, Kill);

    /// <summary>
    /// Starts a process to which SIGPIPE does what it does to any other. The runtime ignores that signal, and a child inherits it: one
    /// whose reader is gone would go on. In the meantime nothing here may write to a pipe.
    /// </summary>
    public static void StartWithDefaults(Action start)
    {
        nint before = SetAction(BrokenPipe, action: 0);
        try
        {
            start();
        }
        finally
        {
            SetAction(BrokenPipe, before);
        }
    }

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetAction(int signal, nint action);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Send(int processId, int signal);
}
