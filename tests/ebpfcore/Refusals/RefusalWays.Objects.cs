using KernelSim.EbpfCore.Tests.Links;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Refusals;

// 400x, 42xx, 46xx: handles, info, pins and links.
internal static partial class RefusalWays
{
    private static readonly (Check Check, Func<RefusalBench, NtStatus> Way)[] s_objects =
    [
        (CheckTable.HandleOpen, b => b.User.Info(new NtHandle(9999)).Status),
        (CheckTable.HandleType, b => b.User.Info(b.User.Device).Status),
        (CheckTable.CloseHandleOpen, b => b.User.Close(new NtHandle(9999)).Status),
        (CheckTable.ObjectInfoRequest, b => b.User.Send(Header(EbpfOperationId.GetObjectInfo, 16, length: 15), 108).Status),
        (CheckTable.ObjectInfoRoom, b => b.User.Info(b.User.NewMap(BpfMapType.Hash).Handle, room: 0).Status),
        (CheckTable.PinPathLength, b => b.User.Pin(b.User.NewMap(BpfMapType.Hash).Handle, new byte[256]).Status),
        (CheckTable.PinPathBytes, b => b.User.Pin(b.User.NewMap(BpfMapType.Hash).Handle, "a\0b"u8).Status),
        (CheckTable.PinnedPathLength, b => b.User.GetPinned([]).Status),
        (CheckTable.PinnedPathRoom, b =>
        {
            b.User.Pin(b.User.NewMap(BpfMapType.Hash).Handle, "long path"u8).Expect(EbpfResult.Success);
            return b.User.Send(EbpfOperationId.GetNextPinnedObjectPath, default(GetNextPinnedObjectPathRequest), replyBytes: 20).Status;
        }),
        (CheckTable.PinnedMapInfoRoom, b =>
        {
            b.User.Pin(b.User.NewMap(BpfMapType.Hash).Handle, "m"u8).Expect(EbpfResult.Success);
            return b.User.Send(EbpfOperationId.GetPinnedMapInfo, default(GetPinnedMapInfoRequest), replyBytes: 24).Status;
        }),
        (CheckTable.LinkProgramCode, b => b.Links.TryLink(b.Links.User.NewProgram(), LinkMachine.TypeOf(BpfAttachType.Sample)).Status),
        (CheckTable.LinkHookProvider, b => b.Links.TryLink(b.Links.Program(BpfAttachType.Sample), AttachTypeTable.XdpTest).Status),
        (CheckTable.LinkHookAnswer, b => b.Links
            .TryLink(b.Links.Program(BpfAttachType.Xdp), LinkMachine.TypeOf(BpfAttachType.Xdp), 1, 2, 3).Status),
        (CheckTable.UnlinkDataLength, b => b.Links
            .Unlink(NtHandle.Invalid, NtHandle.Invalid, LinkMachine.TypeOf(BpfAttachType.Sample), true, new byte[9]).Status),
        (CheckTable.LinkLegacyState, b =>
        {
            NtHandle link = b.Links.Link(b.Links.Program(BpfAttachType.Sample), BpfAttachType.Sample);
            b.Links.Unlink(link).Expect(EbpfResult.Success);
            return b.Links.KeepWithoutHandle(link).Status;
        }),
    ];
}
