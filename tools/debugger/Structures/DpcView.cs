using KernelSim.Debugger.Targets;
using KernelSim.Nt.Ke;

namespace KernelSim.Debugger.Structures;

/// <summary>A deferred procedure call.</summary>
/// <param name="dpc">The <see cref="KDpc"/>.</param>
internal sealed class DpcView(ITargetObject dpc)
{
    /// <summary>The next one in its processor's queue.</summary>
    public static readonly KernelField Next = KernelField.Property<KDpc>(nameof(KDpc.Next));

    private static readonly KernelField s_routine = KernelField.Of<KDpc>("_routine");
    private static readonly KernelField s_request = KernelField.Property<KDpc>(nameof(KDpc.RequestId));

    public ITargetObject Object => dpc;

    public string? Routine => dpc.ReadMethod(s_routine.Name);

    public ulong RequestId => dpc.Pointer(s_request);
}
