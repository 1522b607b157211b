using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>A hook and its attach rules: one row of <see cref="HookTable"/>.</summary>
/// <param name="Type">The attach type of the hook.</param>
/// <param name="Capability">How many programs it accepts.</param>
/// <param name="Parameter">The attach data that it accepts.</param>
internal sealed record HookRow(BpfAttachType Type, AttachCapability Capability, AttachParameterRule Parameter);
