using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Nt.Io;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Dispatch;

/// <summary>The driver's own checks, one after the other.</summary>
public class DriverCheckTests
{
    [Theory]
    [InlineData(0x00122404)]
    [InlineData(0x00220000)]
    [InlineData(0)]
    public void Another_control_code_is_an_invalid_device_request(uint code)
    {
        using EbpfMachine machine = new();
        machine.User.Send([], code: new IoControlCode(code)).ExpectRefusal(CheckTable.DriverControlCode, code, 0x00122400);
    }

    [Fact]
    public void A_request_must_not_be_empty()
    {
        using EbpfMachine machine = new();
        machine.User.Send([]).ExpectRefusal(CheckTable.DriverInputLength, 0, 1);
        machine.User.Send([], 100).ExpectRefusal(CheckTable.DriverInputLength, 0, 1);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_request_must_have_a_header(int length)
    {
        using EbpfMachine machine = new();
        machine.User.Send(new byte[length]).ExpectRefusal(CheckTable.DriverInputHeader, length, 8);
    }

    [Theory]
    [InlineData(46)]
    [InlineData(0xFFFFFFFF)]
    public void An_unknown_operation_is_not_supported(uint id)
    {
        using EbpfMachine machine = new();
        machine.User.Send(Header((EbpfOperationId)id, 8)).ExpectRefusal(CheckTable.DriverOperationId, id, 45);
    }

    [Fact]
    public void With_code_integrity_on_operations_for_jit_only_are_blocked_and_no_others()
    {
        using EbpfMachine machine = new(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = true, Interpreter = new TestEngine() });
        ExpectBlocked(machine, id => OperationTable.Find(id)!.Modes == OperationModes.Jit, permitted: 5);
    }

    [Fact]
    public void With_code_integrity_on_and_no_interpreter_only_native_operations_remain()
    {
        using EbpfMachine machine = new(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = true });
        ExpectBlocked(machine, id => (OperationTable.Find(id)!.Modes & OperationModes.Native) == 0, permitted: 1);
    }

    [Fact]
    public void With_code_integrity_off_nothing_is_blocked()
    {
        using EbpfMachine machine = new();
        ExpectBlocked(machine, _ => false, permitted: 7);
    }

    [Fact]
    public void The_device_opens_for_administrators_only()
    {
        using EbpfMachine machine = new();
        Assert.Equal(NtStatus.Success, machine.User.OpenStatus);
        Assert.Equal(NtStatus.AccessDenied, machine.NewUser(new ProcessOptions { Administrator = false }).OpenStatus);
    }

    [Fact]
    public void A_privileged_operation_is_refused_to_others_even_through_an_administrators_handle()
    {
        using EbpfMachine machine = new();
        PsProcess ordinary = machine.Machine.Processes.Create(new ProcessOptions { Administrator = false });
        Assert.Equal(NtStatus.Success, machine.User.Process.Handles.Reference(machine.User.Device, out FileObject? device));
        Assert.Equal(NtStatus.Success, ordinary.Handles.Insert(device!, out NtHandle inherited));
        device!.Dereference();
        EbpfUser user = new(ordinary);
        foreach (OperationRow row in OperationTable.All)
        {
            Answer answer = user.Send(Header(row.Id, row.Request.Minimum), row.Reply.Minimum, device: inherited);
            if (row.IsPrivileged)
            {
                answer.ExpectRefusal(CheckTable.DriverPrivilege, 0, 1);
                Assert.Equal(NtStatus.AccessDenied, answer.Status);
            }
            else
            {
                Assert.NotEqual(CheckTable.DriverPrivilege.Id, answer.CheckId);
            }
        }
    }

    [Fact]
    public void A_reply_needs_the_room_of_its_fixed_part()
    {
        using EbpfMachine machine = new();
        foreach (OperationRow row in OperationTable.All)
        {
            int least = row.Reply.Minimum;
            byte[] request = Header(row.Id, row.Request.Minimum);
            if (least == 0)
            {
                Assert.NotEqual(CheckTable.DriverOutputLength.Id, machine.User.Send(request).CheckId);
                continue;
            }

            foreach (int given in (int[])[0, 1, least - 1])
            {
                Answer answer = machine.User.Send(request, given);
                Assert.Equal(NtStatus.BufferTooSmall, answer.Status);
                Assert.Equal(
                    (CheckTable.DriverOutputLength.Id, given, least), (answer.CheckId, answer.Refusal!.Value.Given, answer.Refusal.Value.Expected));
            }
        }
    }

    [Fact]
    public void Lengths_beyond_16_bits_are_refused_but_an_operation_without_a_reply_has_no_output()
    {
        using EbpfMachine machine = new();
        byte[] long1 = new byte[70000];
        Header(EbpfOperationId.MapDeleteElement, 16).CopyTo(long1, 0);
        machine.User.Send(long1).ExpectRefusal(CheckTable.DriverMessageMax, 70000, 65535);
        machine.User.Send(Header(EbpfOperationId.MapFindElement, 17), 65536).ExpectRefusal(CheckTable.DriverMessageMax, 65536, 65535);
        machine.User.Send(Header(EbpfOperationId.MapDeleteElement, 16), 70000).ExpectRefusal(CheckTable.HandleOpen, 0, 1);
    }

    [Fact]
    public void The_first_check_that_fails_decides()
    {
        using EbpfMachine machine = new(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = true, Interpreter = new TestEngine() });
        machine.User.Send([], code: new IoControlCode(4)).ExpectRefusal(CheckTable.DriverControlCode, 4, 0x00122400);
        machine.User.Send(Header(EbpfOperationId.ResolveHelper, 8), 70000)
            .ExpectRefusal(CheckTable.DriverOperationPolicy, (long)OperationModes.Jit, 5);
        byte[] request = Header(EbpfOperationId.GetNextMapId, 8);
        Assert.Equal(NtStatus.BufferTooSmall, machine.User.Send(request, 1).Status);
        machine.User.Send(request, 70000).ExpectRefusal(CheckTable.DriverMessageMax, 70000, 65535);
        machine.User.Send(request, 13).ExpectRefusal(CheckTable.CoreRequestLength, 8, 12);
    }

    private static void ExpectBlocked(EbpfMachine machine, Predicate<EbpfOperationId> blocked, long permitted)
    {
        foreach (OperationRow row in OperationTable.All)
        {
            Answer answer = machine.User.Send(Header(row.Id, row.Request.Minimum), row.Reply.Minimum);
            if (blocked(row.Id))
            {
                answer.ExpectRefusal(CheckTable.DriverOperationPolicy, (long)row.Modes, permitted);
                Assert.Equal(NtStatus.ContentBlocked, answer.Status);
            }
            else
            {
                Assert.NotEqual(CheckTable.DriverOperationPolicy.Id, answer.CheckId);
            }
        }
    }

    private static byte[] Header(EbpfOperationId id, int length)
    {
        byte[] message = new byte[length];
        MemoryMarshal.Write(message, new OperationHeader { Length = (ushort)length, Id = id });
        return message;
    }
}
