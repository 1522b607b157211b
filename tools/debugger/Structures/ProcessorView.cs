using KernelSim.Debugger.Targets;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Structures;

/// <summary>A processor.</summary>
/// <param name="processor">The <see cref="KeProcessor"/>.</param>
internal sealed class ProcessorView(ITargetObject processor)
{
    private static readonly KernelField s_number = KernelField.Property<KeProcessor>(nameof(KeProcessor.Number));
    private static readonly KernelField s_words = KernelField.Of<KeProcessor>(nameof(KeProcessor.Words));
    private static readonly KernelField s_owner = KernelField.Of<KeProcessor.ProcessorWords>(nameof(KeProcessor.ProcessorWords.Owner));
    private static readonly KernelField s_first = KernelField.Of<KeProcessor>("_first");

    public int Number => (int)processor.Integer(s_number);

    /// <summary>Id of the thread that is on it at DISPATCH_LEVEL or above; 0 if none is.</summary>
    public int Owner => (int)processor.Struct(s_words).Integer(s_owner);

    /// <summary>The DPCs that are queued to it, the next first.</summary>
    public IEnumerable<DpcView> Dpcs => processor.Object(s_first).Chain(DpcView.Next).Select(d => new DpcView(d));
}
