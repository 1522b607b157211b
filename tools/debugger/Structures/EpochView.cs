using KernelSim.Debugger.Targets;
using KernelSim.EbpfCore.Epochs;

namespace KernelSim.Debugger.Structures;

/// <summary>The epochs of the eBPF driver.</summary>
/// <param name="epochs">The <see cref="EpochManager"/>.</param>
internal sealed class EpochView(ITargetObject epochs)
{
    private static readonly KernelField s_published = KernelField.Of<EpochManager>("_published");
    private static readonly KernelField s_retiring = KernelField.Of<EpochManager>("_retiring");
    private static readonly KernelField s_rundown = KernelField.Of<EpochManager>("_rundown");
    private static readonly KernelField s_processors = KernelField.Of<EpochManager>("_processors");
    private static readonly KernelField s_computation = KernelField.Of<EpochManager>("_computation");
    private static readonly KernelField s_state = KernelField.Of<EpochComputation>("_state");

    /// <summary>The epoch that a thread enters now.</summary>
    public ulong Published => epochs.Pointer(s_published);

    /// <summary>The stamp of blocks that are retired now.</summary>
    public ulong Retiring => epochs.Pointer(s_retiring);

    /// <summary>Whether a computation is in progress.</summary>
    public bool IsComputing => epochs.Required(s_computation).Flag(s_state);

    /// <summary>Whether the driver is stopping.</summary>
    public bool IsRundown => epochs.Flag(s_rundown);

    public IEnumerable<EpochProcessorView> Processors => epochs.Array(s_processors).Objects().Select(p => new EpochProcessorView(p));
}
