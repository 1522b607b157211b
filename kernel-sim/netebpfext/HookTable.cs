using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt.Bind;
using KernelSim.NetEbpfExt.Hooks;
using KernelSim.NetEbpfExt.SockAddr;
using KernelSim.NetEbpfExt.SockOps;
using KernelSim.NetEbpfExt.Xdp;
using KernelSim.Protocol;
using static KernelSim.NetEbpfExt.Hooks.AttachCapability;
using static KernelSim.NetEbpfExt.Hooks.AttachParameterRule;

namespace KernelSim.NetEbpfExt;

/// <summary>What this driver provides: the program types, and one row for each hook with its attach rules.</summary>
internal static class HookTable
{
    /// <summary>The program types, in the order in which they are registered.</summary>
    public static IReadOnlyList<ProgramData> ProgramTypes { get; } =
        [XdpProgramType.Data, BindProgramType.Data, SockAddrProgramType.Data, SockOpsProgramType.Data];

    /// <summary>The hooks; a row's index is the hook's number.</summary>
    public static IReadOnlyList<HookRow> Rows { get; } =
    [
        new(BpfAttachType.Xdp, SingleAttachPerHook, Number),
        new(BpfAttachType.Bind, SingleAttach, Ignored),
        new(BpfAttachType.CgroupInet4Connect, MultiAttachWithWildcard, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6Connect, MultiAttachWithWildcard, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4RecvAccept, SingleAttachPerHook, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6RecvAccept, SingleAttachPerHook, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4ConnectAuthorization, MultiAttachWithWildcard, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6ConnectAuthorization, MultiAttachWithWildcard, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4Bind, MultiAttachWithWildcard, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6Bind, MultiAttachWithWildcard, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet4Listen, SingleAttachPerHook, NumberOrZeroForAll),
        new(BpfAttachType.CgroupInet6Listen, SingleAttachPerHook, NumberOrZeroForAll),
        new(BpfAttachType.CgroupSockOps, SingleAttachPerHook, Number),
    ];
}

/// <summary>A hook and its attach rules: one row of <see cref="HookTable"/>.</summary>
/// <param name="Type">The attach type of the hook.</param>
/// <param name="Capability">How many programs it accepts.</param>
/// <param name="Parameter">The attach data that it accepts.</param>
internal sealed record HookRow(BpfAttachType Type, AttachCapability Capability, AttachParameterRule Parameter);
