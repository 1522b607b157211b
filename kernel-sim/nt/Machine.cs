using System.Diagnostics.CodeAnalysis;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Mm;
using KernelSim.Nt.Ob;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;

namespace KernelSim.Nt;

/// <summary>
/// One simulated computer. It owns everything: processors, memory, objects, processes, drivers, clock and randomness. Two machines
/// in one host process share nothing.
/// </summary>
public sealed class Machine : IDisposable
{
    private Machine(MachineOptions options)
    {
        Options = options;
    }

    /// <summary>What it was booted with.</summary>
    public MachineOptions Options { get; }

    /// <summary>Its processors, by number; all possible processors are active.</summary>
    public IReadOnlyList<KeProcessor> Processors => throw null!;

    /// <summary>Its time: moves only when told, or by a fixed step a system call, so that runs repeat exactly.</summary>
    public KernelClock Clock => throw null!;

    /// <summary>Its randomness, from <see cref="MachineOptions.Seed"/>.</summary>
    public KernelRandom Random => throw null!;

    /// <summary>Kernel memory.</summary>
    public Pool Pool => throw null!;

    /// <summary>Live kernel objects, and the namespace of devices and links.</summary>
    public ObjectManager Objects => throw null!;

    /// <summary>Drivers, devices, requests.</summary>
    public IoManager Io => throw null!;

    /// <summary>Simulated user processes.</summary>
    public ProcessManager Processes => throw null!;

    /// <summary>How the machine stopped, if it has: a bugcheck.</summary>
    public BugcheckRecord? StopRecord => throw null!;

    /// <summary>Boots a machine.</summary>
    public static Machine Boot(MachineOptions? options = null) => new(options ?? new MachineOptions());

    /// <summary>
    /// The calling host thread enters the kernel on a processor at PASSIVE_LEVEL until the scope ends; nested entries keep the outer
    /// one's processor.
    /// </summary>
    /// <param name="process">On whose behalf; null for the system itself.</param>
    /// <param name="processor">Which processor, or -1 for the machine to choose (round robin over host threads, stable for a thread).</param>
    public KernelScope EnterKernel(PsProcess? process = null, int processor = -1) => throw null!;

    /// <summary>Runs code on a given processor at a given IRQL, as a DPC or a hook would, on the calling host thread.</summary>
    public void RunOnProcessor(int processor, Irql irql, Action<KeThread> code) => throw null!;

    /// <summary>Loads a driver: makes its object, calls its entry point. On failure nothing of it is left.</summary>
    public NtStatus LoadDriver(IDriver driver, out DriverObject? driverObject) => throw null!;

    /// <summary>Calls a driver's unload routine and drops its object.</summary>
    public NtStatus UnloadDriver(DriverObject driverObject) => throw null!;

    /// <summary>Stops the machine at once: <c>KeBugCheckEx</c>. Records what each processor was doing; never returns.</summary>
    /// <exception cref="BugcheckException">Always.</exception>
    [DoesNotReturn]
    public void BugCheck(BugcheckCode code, ulong parameter1 = 0, ulong parameter2 = 0, ulong parameter3 = 0, ulong parameter4 = 0) => throw null!;

    /// <summary>Ends all processes, unloads all drivers, and reports what is still outstanding. Calling it twice gives the same report.</summary>
    public ShutdownReport Shutdown() => throw null!;

    /// <summary>Shuts down and returns all native memory to the host, outstanding or not.</summary>
    public void Dispose() => throw null!;
}
