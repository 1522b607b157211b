using KernelSim.Debugger.Targets;
using Microsoft.Diagnostics.Runtime;

namespace KernelSim.Debugger.ClrMd;

/// <summary>Opens a process that runs. It is stopped until what is returned is disposed of, on the thread that opened it.</summary>
internal static class LiveProcess
{
    // A collection in progress moves objects: then the process goes on for a moment, and is stopped again.
    private const int Attempts = 20;
    private const int PauseMilliseconds = 10;

    /// <summary>Stops and opens a process.</summary>
    /// <exception cref="TargetReadException">It may not be read, or is no .NET process.</exception>
    public static ClrMdTarget Open(int pid)
    {
        for (int attempt = 1; ; attempt++)
        {
            ClrMdTarget target = OpenOnce(pid, isLast: attempt == Attempts);
            if (attempt == Attempts || target.Heap.CanWalkHeap)
            {
                return target;
            }

            // The process must run on to finish its collection, and does not say when it has.
            target.Dispose();
            Thread.Sleep(PauseMilliseconds);
        }
    }

    private static ClrMdTarget OpenOnce(int pid, bool isLast)
    {
        string name = ProcessRefusal.NameOf(pid);
        if (pid == Environment.ProcessId)
        {
            throw new TargetReadException($"process {pid} given, expected another than the debugger's own");
        }

        ProcessRefusal.RequireRunning(pid, name);

        name = $"process {pid} ({name})";
        ProcessStop? hold = OperatingSystem.IsLinux() ? ProcessStop.Of(pid) : null;
        DataTarget? data = null;
        try
        {
            data = Attach(pid, suspend: hold is null);
            ClrRuntime runtime = RuntimeFinder.Find(data, name);
            string[] notes = isLast && !runtime.Heap.CanWalkHeap ? ["the process is collecting garbage: what was being moved cannot be read"] : [];
            return new ClrMdTarget(name, data, runtime, hold, notes, pid);
        }
        catch (TargetReadException refused)
        {
            data?.Dispose();
            hold?.Dispose();
            throw ProcessRefusal.HasEnded(pid) ? new TargetReadException(ProcessRefusal.OfEnded(pid), refused) : refused;
        }
    }

    private static DataTarget Attach(int pid, bool suspend) => ClrMdReading.Try(() =>
    {
        DataTarget attached = DataTarget.AttachToProcess(pid, suspend, RuntimeFinder.Options());

        // Only a process that the library has suspended itself is let go with its own target.
        return suspend ? attached : new DataTarget(new CarefulReader(attached.DataReader), RuntimeFinder.Options());
    });
}
