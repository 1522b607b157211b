using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Links;

/// <summary>Operations 13, 14 and 45, with what links say of themselves.</summary>
public class LinkOperationTests
{
    [Fact]
    public void A_program_is_attached_run_and_detached()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample, answer: 42);
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        Assert.Equal((EbpfResult.Success, 42u), (machine.Happen(out uint result), result));
        Assert.Equal(1u, machine.LinkCount(program));
        machine.Unlink(link).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        Assert.Equal(0u, machine.LinkCount(program));
    }

    [Fact]
    public void A_program_without_code_is_not_attached()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.User.NewProgram();
        machine.TryLink(program, LinkMachine.TypeOf(BpfAttachType.Sample)).ExpectRefusal(CheckTable.LinkProgramCode, 0, 1);
    }

    [Fact]
    public void What_is_no_program_is_not_attached()
    {
        using LinkMachine machine = new();
        NtHandle map = machine.User.NewMap(BpfMapType.Hash).Handle;
        Guid sample = LinkMachine.TypeOf(BpfAttachType.Sample);
        machine.TryLink(map, sample).Expect(EbpfResult.InvalidObject);
        machine.TryLink(NtHandle.Invalid, sample).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void A_place_that_nobody_provides_or_that_is_for_other_programs_is_an_extension_that_failed_to_load()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample);
        machine.TryLink(program, AttachTypeTable.XdpTest).ExpectRefusal(CheckTable.LinkHookProvider, 0, 1);
        machine.TryLink(program, LinkMachine.TypeOf(BpfAttachType.Xdp)).ExpectRefusal(CheckTable.LinkHookProvider, 0, 1);
        machine.TryLink(program, Guid.Empty).Expect(EbpfResult.ExtensionFailedToLoad);
        Assert.Equal(0u, machine.LinkCount(program));
    }

    [Fact]
    public void A_hook_that_refuses_is_an_extension_that_failed_to_load_and_its_answer_is_told()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Bind);
        machine.Link(program, BpfAttachType.Bind);
        machine.TryLink(program, LinkMachine.TypeOf(BpfAttachType.Bind))
            .ExpectRefusal(CheckTable.LinkHookAnswer, NtStatus.AccessDenied.Value, 0);
        NtHandle packets = machine.Program(BpfAttachType.Xdp);
        machine.TryLink(packets, LinkMachine.TypeOf(BpfAttachType.Xdp), 1, 2, 3)
            .ExpectRefusal(CheckTable.LinkHookAnswer, NtStatus.InvalidParameter.Value, 0);
        Assert.Equal(1u, machine.LinkCount(program));
    }

    [Fact]
    public void A_link_that_found_no_hook_has_had_an_id_all_the_same()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample);
        uint before = machine.Info(machine.Link(program, BpfAttachType.Sample)).Id;
        machine.TryLink(program, AttachTypeTable.XdpTest).Expect(EbpfResult.ExtensionFailedToLoad);
        Assert.Equal(before + 2, machine.Info(machine.Link(program, BpfAttachType.Sample, 1)).Id);
        machine.User.HandleById(EbpfOperationId.GetLinkHandleById, before + 1).Expect(EbpfResult.KeyNotFound);
    }

    [Theory]
    [InlineData(BpfAttachType.Xdp, BpfLinkType.Xdp, new byte[] { 7, 0, 0, 0 }, 7ul)]
    [InlineData(BpfAttachType.CgroupInet4Connect, BpfLinkType.Cgroup, new byte[] { 1, 0, 0, 0 }, 1ul)]
    [InlineData(BpfAttachType.Bind, BpfLinkType.Plain, new byte[0], 0ul)]
    [InlineData(BpfAttachType.Bind, BpfLinkType.Plain, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 }, 0x0807060504030201ul)]
    [InlineData(BpfAttachType.Bind, BpfLinkType.Plain, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8, 9 }, 0ul)] // longer than its place
    [InlineData(BpfAttachType.Sample, BpfLinkType.Unspec, new byte[] { 5 }, 5ul)]
    public void A_link_tells_what_it_attaches_where_and_with_which_data(BpfAttachType type, BpfLinkType linkType, byte[] data, ulong told)
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(type);
        NtHandle link = machine.Link(program, type, data);
        BpfLinkInfo info = machine.Info(link);
        Assert.Equal(machine.User.ProgramInfo(program).AsProgramInfo().Id, info.ProgId);
        Assert.Equal((linkType, type, told), (info.Type, info.AttachType, info.AttachData));
        Assert.Equal(LinkMachine.TypeOf(type), info.AttachTypeUuid);
        Assert.Equal(AttachTypeTable.Find(type)!.ProgramType, info.ProgramTypeUuid);
        machine.Unlink(link).Expect(EbpfResult.Success);
        BpfLinkInfo after = machine.Info(link);
        Assert.Equal((info.Id, 0u, 0ul, type), (after.Id, after.ProgId, after.AttachData, after.AttachType));
    }

    [Fact]
    public void Info_is_cut_where_the_room_ends()
    {
        using LinkMachine machine = new();
        NtHandle link = machine.Link(machine.Program(BpfAttachType.Sample), BpfAttachType.Sample);
        Answer answer = machine.User.Info(link, wanted: 56, room: 8);
        answer.Expect(EbpfResult.Success);
        Assert.Equal(20, answer.As<OperationHeader>().Length);
        machine.User.Info(link, wanted: 56, room: 0).ExpectRefusal(CheckTable.ObjectInfoRoom, 0, 56);
    }

    [Fact]
    public void A_link_is_found_by_its_id_and_by_the_pin_that_keeps_it()
    {
        using LinkMachine machine = new();
        NtHandle link = machine.Link(machine.Program(BpfAttachType.Sample, 9), BpfAttachType.Sample);
        uint id = machine.User.NextId(EbpfOperationId.GetNextLinkId, 0).Expect(EbpfResult.Success).As<GetNextIdReply>().NextId;
        Assert.Equal(machine.Info(link).Id, id);
        machine.User.Pin(link, "link"u8).Expect(EbpfResult.Success);
        machine.User.Close(link).Expect(EbpfResult.Success);
        Assert.Equal((EbpfResult.Success, 9u), (machine.Happen(out uint result), result));
        NtHandle again = machine.User.HandleById(EbpfOperationId.GetLinkHandleById, id).Expect(EbpfResult.Success).As<GetHandleByIdReply>().Handle;
        machine.User.Unpin("link"u8).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.Success, machine.Happen(out _));
        machine.User.Close(again).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        machine.User.NextId(EbpfOperationId.GetNextLinkId, 0).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void A_link_keeps_its_program_and_its_last_handle_lets_both_go()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample, 3);
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        machine.User.Close(program).Expect(EbpfResult.Success);
        Assert.Equal((EbpfResult.Success, 3u), (machine.Happen(out uint result), result));
        machine.User.Close(link).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        machine.Machine.Clock.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Equal(0, machine.Driver.ObjectCount);
    }

    [Fact]
    public void A_process_that_ends_takes_its_links_with_it()
    {
        using LinkMachine machine = new();
        machine.Link(machine.Program(BpfAttachType.Sample), BpfAttachType.Sample);
        machine.User.Process.Terminate(NtStatus.Success);
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
    }

    [Fact]
    public void A_link_in_legacy_mode_stays_without_a_handle_until_it_is_detached()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample, 3);
        NtHandle link = machine.Link(program, BpfAttachType.Sample, 1);
        machine.KeepWithoutHandle(link).Expect(EbpfResult.Success);
        machine.KeepWithoutHandle(link).Expect(EbpfResult.Success); // once is enough
        machine.User.Close(link).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.Success, machine.Happen(out _));
        machine.Unlink(NtHandle.Invalid, program, LinkMachine.TypeOf(BpfAttachType.Sample), true, 1).Expect(EbpfResult.Success);
        Assert.Equal(EbpfResult.KeyNotFound, machine.Happen(out _));
        machine.User.NextId(EbpfOperationId.GetNextLinkId, 0).Expect(EbpfResult.NoMoreKeys);
    }

    [Fact]
    public void Only_an_attached_link_can_be_kept_without_a_handle()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample);
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        machine.Unlink(link).Expect(EbpfResult.Success);
        machine.KeepWithoutHandle(link).ExpectRefusal(CheckTable.LinkLegacyState, 4, 2);
        machine.KeepWithoutHandle(program).Expect(EbpfResult.InvalidObject);
    }

    [Fact]
    public void Detaching_what_is_detached_is_no_error()
    {
        using LinkMachine machine = new();
        NtHandle program = machine.Program(BpfAttachType.Sample);
        NtHandle link = machine.Link(program, BpfAttachType.Sample);
        machine.Unlink(link).Expect(EbpfResult.Success);
        machine.Unlink(link).Expect(EbpfResult.Success);
        machine.Unlink(program).Expect(EbpfResult.InvalidObject);
        machine.Unlink(NtHandle.Invalid).Expect(EbpfResult.Success);
        machine.Unlink(NtHandle.Invalid, program, LinkMachine.TypeOf(BpfAttachType.Sample), dataPresent: false).Expect(EbpfResult.Success);
    }

    [Theory]
    [InlineData(true, new byte[] { 1, 0, 0, 0 }, 2)] // this program's, in compartment 1
    [InlineData(false, new byte[] { 1, 0, 0, 0 }, 3)] // anybody's there
    [InlineData(true, new byte[0], 3)] // this program's, wherever: no data are the beginning of all
    [InlineData(false, new byte[0], 4)]
    [InlineData(false, new byte[] { 1 }, 3)] // one byte is enough if it is the first
    [InlineData(false, new byte[] { 9, 0, 0, 0 }, 0)]
    public void Unlinking_by_what_was_attached_detaches_every_match(bool byProgram, byte[] data, int detached)
    {
        using LinkMachine machine = new();
        NtHandle one = machine.Program(BpfAttachType.CgroupInet4Connect);
        NtHandle two = machine.Program(BpfAttachType.CgroupInet4Connect);
        machine.Link(one, BpfAttachType.CgroupInet4Connect, 1, 0, 0, 0);
        machine.Link(one, BpfAttachType.CgroupInet4Connect, 1, 0, 0, 0);
        machine.Link(one, BpfAttachType.CgroupInet4Connect, 2, 0, 0, 0);
        machine.Link(two, BpfAttachType.CgroupInet4Connect, 1, 0, 0, 0);
        machine.Link(one, BpfAttachType.CgroupInet6Connect, 1, 0, 0, 0);
        Guid type = LinkMachine.TypeOf(BpfAttachType.CgroupInet4Connect);
        machine.Unlink(NtHandle.Invalid, byProgram ? one : NtHandle.Invalid, type, true, data).Expect(EbpfResult.Success);
        Assert.Equal(4 - detached, machine.Network.ProgramsAttached(BpfAttachType.CgroupInet4Connect));
        Assert.Equal(1, machine.Network.ProgramsAttached(BpfAttachType.CgroupInet6Connect));
    }

    [Fact]
    public void Data_longer_than_links_tell_are_refused_and_a_wrong_program_only_where_a_link_might_match()
    {
        using LinkMachine machine = new();
        Guid type = LinkMachine.TypeOf(BpfAttachType.Sample);
        machine.Unlink(NtHandle.Invalid, NtHandle.Invalid, type, true, new byte[9]).ExpectRefusal(CheckTable.UnlinkDataLength, 9, 8);
        NtHandle notAProgram = machine.User.NewMap(BpfMapType.Hash).Handle;
        machine.Unlink(NtHandle.Invalid, notAProgram, type, true).Expect(EbpfResult.Success);
        machine.Link(machine.Program(BpfAttachType.Sample), BpfAttachType.Sample);
        machine.Unlink(NtHandle.Invalid, notAProgram, type, true).Expect(EbpfResult.InvalidObject);
        Assert.Equal(EbpfResult.Success, machine.Happen(out _));
    }
}
