using System.Diagnostics;
using System.Runtime.InteropServices;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.ClrMd;

/// <summary>
/// All threads of a process of Linux's, stopped until this is disposed of, on the same thread. Each is seized and interrupted, not sent a signal: if
/// the debugger dies, however it dies, the kernel lets them go on, and none is left with a SIGSTOP that it has yet to receive.
/// </summary>
internal sealed partial class ProcessStop : IDisposable
{
    private const int Detach = 17;
    private const int Seize = 0x4206;
    private const int Interrupt = 0x4207;
    private const int GetSignal = 0x4202;
    private const int SignalInformationBytes = 128;
    private const int NotPermitted = 1;
    private const int NoHang = 1;
    private const int AllThreads = 0x40000000;

    // In a status: that it is a stop, and one that is no signal's.
    private const int Stopped = 0x7F;
    private const int StopEvent = 128;

    // New threads may begin while others are being stopped.
    private const int MostPasses = 100;

    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(5);

    // By thread id: the signal that it was about to receive, 0 for none.
    private readonly Dictionary<int, int> _threads = [];

    private ProcessStop()
    {
    }

    /// <summary>Stops a process.</summary>
    /// <exception cref="TargetReadException">It may not be stopped, or does not stop.</exception>
    public static ProcessStop Of(int pid)
    {
        ProcessStop stop = new();
        try
        {
            for (int pass = 0; pass < MostPasses && stop.StopMore(pid); pass++)
            {
                // The next pass finds threads that have begun meanwhile.
            }

            return stop._threads.Count > 0 ? stop : throw new TargetReadException($"process {pid} given, expected one that runs: it has ended");
        }
        catch
        {
            stop.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((int thread, int signal) in _threads)
        {
            _ = ptrace(Detach, thread, 0, signal);
        }

        _threads.Clear();
    }

    /// <summary>Stops the threads that run; false if there are none.</summary>
    private bool StopMore(int pid)
    {
        bool any = false;
        foreach (int thread in ThreadsOf(pid).Where(t => !_threads.ContainsKey(t)).ToArray())
        {
            if (ptrace(Seize, thread, 0, 0) != 0)
            {
                // A thread that has just ended is no reason to give up; one that may not be stopped is.
                if (Marshal.GetLastPInvokeError() == NotPermitted)
                {
                    throw new TargetReadException(ProcessRefusal.OfProcess(pid));
                }

                continue;
            }

            _threads.Add(thread, 0);
            _ = ptrace(Interrupt, thread, 0, 0);
            any = true;
            Await(pid, thread);
        }

        return any;
    }

    private void Await(int pid, int thread)
    {
        long began = Stopwatch.GetTimestamp();
        int status;
        int found;
        while ((found = waitpid(thread, out status, NoHang | AllThreads)) == 0)
        {
            TimeSpan waited = Stopwatch.GetElapsedTime(began);
            if (waited > s_patience && IsStopped(pid, thread))
            {
                _threads[thread] = SignalOf(thread);
                return;
            }

            if (waited > s_limit)
            {
                throw new TargetReadException($"process {pid} given, expected one that can be stopped: thread {thread} has not stopped in 5 seconds");
            }

            // A blocking waitpid would have no limit. A stop takes microseconds, so the time slice is given away and the question repeated.
            Thread.Sleep(0);
        }

        if (found < 0 || (status & 0xFF) != Stopped)
        {
            _threads.Remove(thread);
        }
        else if (status >> 16 != StopEvent)
        {
            _threads[thread] = (status >> 8) & 0xFF;
        }
    }

    /// <summary>
    /// Whether a thread has stopped although nothing was reported: where the debugger is in the process that started the target, the runtime
    /// may have taken the report for the end of a child.
    /// </summary>
    private static bool IsStopped(int pid, int thread)
    {
        try
        {
            string status = File.ReadAllText($"/proc/{pid}/task/{thread}/stat");
            return status[(status.LastIndexOf(')') + 1)..].TrimStart().StartsWith('t');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The signal that a stopped thread was about to receive; 0 for none.</summary>
    private static unsafe int SignalOf(int thread)
    {
        // siginfo_t begins with the signal's number, errno and code; a stop event's code has the event above the signal.
        int* information = stackalloc int[SignalInformationBytes / sizeof(int)];
        return ptrace(GetSignal, thread, 0, (nint)information) == 0 && information[2] >> 8 != StopEvent ? information[0] : 0;
    }

    private static IEnumerable<int> ThreadsOf(int pid)
    {
        try
        {
            return [.. Directory.EnumerateDirectories($"/proc/{pid}/task").Select(d => int.TryParse(Path.GetFileName(d), out int id) ? id : 0)];
        }
        catch (IOException)
        {
            return [];
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint ptrace(nint request, int thread, nint address, nint data);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int waitpid(int thread, out int status, int options);
}
