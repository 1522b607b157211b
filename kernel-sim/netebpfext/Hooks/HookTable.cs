using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Bind;
using KernelSim.NetEbpfExt.SockAddr;
using KernelSim.NetEbpfExt.SockOps;
using KernelSim.NetEbpfExt.Xdp;
using KernelSim.Protocol;

namespace KernelSim.NetEbpfExt.Hooks;

/// <summary>What this driver provides: the program types, and one row for each hook with its attach rules.</summary>
internal static class HookTable
{
    /// <summary>The program types, in the order in which they are registered.</summary>
    public static IReadOnlyList<ProgramData> ProgramTypes { get; } =
        [XdpProgramType.Data, BindProgramType.Data, SockAddrProgramType.Data, SockOpsProgramType.Data];

    /// <summary>The hooks; a row's index is the hook's number.</summary>
    public static IReadOnlyList<HookRow> Rows { get; } =
    [
        new(BpfAttachType.Xdp, AttachCapability.SingleAttachPerHook, AttachParameterRule.Number),
        new(BpfAttachType.Bind, AttachCapability.SingleAttach, AttachParameterRule.Ignored),
        new(BpfAttachType.CgroupInet4Connect, AttachCapability.MultiAttachWithWildcard, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6Connect, AttachCapability.MultiAttachWithWildcard, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4RecvAccept, AttachCapability.SingleAttachPerHook, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6RecvAccept, AttachCapability.SingleAttachPerHook, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4ConnectAuthorization, AttachCapability.MultiAttachWithWildcard, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6ConnectAuthorization, AttachCapability.MultiAttachWithWildcard, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4Bind, AttachCapability.MultiAttachWithWildcard, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6Bind, AttachCapability.MultiAttachWithWildcard, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4Listen, AttachCapability.SingleAttachPerHook, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6Listen, AttachCapability.SingleAttachPerHook, AttachParameterRule.NumberOrZeroForAll),
        new(BpfAttachType.CgroupSockOps, AttachCapability.SingleAttachPerHook, AttachParameterRule.Number),
    ];
}
