using KernelSim.EbpfCore.Epochs;
using KernelSim.EbpfCore.Programs;

namespace KernelSim.EbpfCore.Extensions;

/// <summary>
/// A batch of events for which programs run in one epoch, <c>ebpf_execution_context_state_t</c>: begun, used and ended by
/// <see cref="IHookDispatch"/>. A provider keeps it on its stack and does not copy it.
/// </summary>
public ref struct HookBatch
{
    internal EpochScope Epoch;
    internal ProgramExecution Execution;
}
