using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>A hook and its attach rules: one row of <see cref="HookTable"/>.</summary>
/// <param name="Type">The attach type.</param>
/// <param name="Capability">How many programs it takes.</param>
/// <param name="Parameter">What it takes as attach data.</param>
internal sealed record HookRow(BpfAttachType Type, AttachCapability Capability, AttachParameterRule Parameter);
