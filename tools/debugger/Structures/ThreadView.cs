using KernelSim.Debugger.Targets;
using KernelSim.Nt.Ke;
using KernelSim.Nt.Ps;

namespace KernelSim.Debugger.Structures;

/// <summary>A host thread that has been in the machine's kernel.</summary>
/// <param name="thread">The <see cref="KeThread"/>.</param>
/// <param name="hostId">The host thread's managed id.</param>
internal sealed class ThreadView(ITargetObject thread, int hostId)
{
    private static readonly KernelField s_context = KernelField.Nested<ThreadTable>("Entry", "Context");
    private static readonly KernelField s_hostId = KernelField.Nested<ThreadTable>("Entry", "HostId");
    private static readonly KernelField s_id = KernelField.Property<KeThread>(nameof(KeThread.Id));
    private static readonly KernelField s_processor = KernelField.Of<KeThread>("_processorNumber");
    private static readonly KernelField s_irql = KernelField.Of<KeThread>("_irql");
    private static readonly KernelField s_depth = KernelField.Of<KeThread>("_depth");
    private static readonly KernelField s_process = KernelField.Property<KeThread>(nameof(KeThread.KernelProcess));
    private static readonly KernelField s_request = KernelField.Property<KeThread>(nameof(KeThread.RequestId));
    private static readonly KernelField s_heldLocks = KernelField.Property<KeThread>(nameof(KeThread.HeldLocks));
    private static readonly KernelField s_heldRanks = KernelField.Property<KeThread>(nameof(KeThread.HeldRanks));
    private static readonly KernelField s_calls = KernelField.Property<KeThread>(nameof(KeThread.SystemCallDepth));

    public ITargetObject Object => thread;

    /// <summary>The managed id of the host thread.</summary>
    public int HostId => hostId;

    /// <summary>Its id in the machine.</summary>
    public int Id => (int)thread.Integer(s_id);

    public bool IsInKernel => thread.Integer(s_depth) > 0;

    public int Processor => (int)thread.Integer(s_processor);

    public Irql Irql => (Irql)thread.Integer(s_irql);

    public ulong RequestId => thread.Pointer(s_request);

    /// <summary>Number of nested system calls.</summary>
    public int SystemCalls => (int)thread.Integer(s_calls);

    public int HeldLocks => (int)thread.Integer(s_heldLocks);

    /// <summary>A bit for each rank of the locks held; 0 unless the machine checks the order of locks.</summary>
    public ulong HeldRanks => thread.Pointer(s_heldRanks);

    /// <summary>The process on whose behalf it runs; null for the system.</summary>
    public ProcessView? Process =>
        thread.Object(s_process) is { } process && process.Is(typeof(PsProcess).FullName!) ? new ProcessView(process) : null;

    /// <summary>The thread of an entry of the machine's table; null if the entry is free.</summary>
    public static ThreadView? From(ITargetObject entry) =>
        entry.Object(s_context) is { } context ? new ThreadView(context, (int)entry.Integer(s_hostId)) : null;
}
