using System.Runtime.InteropServices;
using KernelSim.EbpfCore.Tests.Support;
using KernelSim.Protocol;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Messages;

namespace KernelSim.EbpfCore.Tests.Dispatch;

/// <summary>The protocol's common checks, for every operation, and what the reply's header and the byte count say.</summary>
public class ProtocolCheckTests
{
    public static TheoryData<EbpfOperationId> Operations => [.. Enumerable.Range(0, OperationTable.Count).Select(i => (EbpfOperationId)i)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_request_must_have_its_length(EbpfOperationId id)
    {
        using EbpfMachine machine = new();
        OperationRow row = OperationTable.Find(id)!;
        int least = row.Request.Minimum;
        if (least > 8)
        {
            machine.User.Send(Message(row, least - 1), row.Reply.Minimum).ExpectRefusal(CheckTable.CoreRequestLength, least - 1, least);
        }

        Answer longer = machine.User.Send(Message(row, least + 1), row.Reply.Minimum);
        if (row.AcceptsLongerInput)
        {
            Assert.NotEqual(CheckTable.CoreRequestLength.Id, longer.CheckId);
        }
        else
        {
            longer.ExpectRefusal(CheckTable.CoreRequestLength, least + 1, least);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_fixed_reply_must_have_its_length_and_no_more(EbpfOperationId id)
    {
        using EbpfMachine machine = new();
        OperationRow row = OperationTable.Find(id)!;
        Answer longer = machine.User.Send(Message(row, row.Request.Minimum), row.Reply.Minimum + 1);
        if (row.Reply.Kind == MessageKind.Fixed)
        {
            longer.ExpectRefusal(CheckTable.CoreReplyLength, row.Reply.Minimum + 1, row.Reply.Minimum);
        }
        else
        {
            Assert.NotEqual(CheckTable.CoreReplyLength.Id, longer.CheckId);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void The_length_in_the_header_must_cover_the_header_and_fit_the_buffer(EbpfOperationId id)
    {
        using EbpfMachine machine = new();
        OperationRow row = OperationTable.Find(id)!;
        int least = row.Request.Minimum;
        machine.User.Send(Message(row, least, length: 7), row.Reply.Minimum).ExpectRefusal(CheckTable.CoreHeaderLength, 7, 8);
        machine.User.Send(Message(row, least, length: least + 1), row.Reply.Minimum).ExpectRefusal(CheckTable.CoreHeaderLength, least + 1, least);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void A_known_body_needs_its_fixed_part_and_an_unknown_one_only_the_header(EbpfOperationId id)
    {
        using EbpfMachine machine = new();
        OperationRow row = OperationTable.Find(id)!;
        Answer answer = machine.User.Send(Message(row, row.Request.Minimum, length: 8), row.Reply.Minimum);
        if (row.MinimumHeaderLength > 8)
        {
            answer.ExpectRefusal(CheckTable.ValidatorMinLength, 8, row.MinimumHeaderLength);
        }
        else
        {
            Assert.NotEqual(CheckTable.ValidatorMinLength.Id, answer.CheckId);
        }
    }

    [Fact]
    public void The_byte_count_is_the_output_length_and_reaches_nobody_after_an_error()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        Assert.Equal(0ul, map.Find(map.Key(1)).Expect(EbpfResult.ObjectNotFound).Information);
        map.Fill(2);
        Assert.Equal(16ul, map.Find(map.Key(1)).Expect(EbpfResult.Success).Information);
        Assert.Equal(0ul, map.Delete(map.Key(1)).Expect(EbpfResult.Success).Information);
        Assert.Equal(508ul, map.GetBatch(0, extraRoom: 500).Expect(EbpfResult.Success).Information);
        Assert.Equal(0ul, machine.User.Send([1, 2, 3], 33).Information);
    }

    [Fact]
    public void An_error_copies_nothing_out_and_a_success_zeroes_what_the_handler_left()
    {
        using EbpfMachine machine = new();
        TestMap map = machine.User.NewMap(BpfMapType.Hash);
        map.Fill(2);
        Answer success = map.GetBatch(30).Expect(EbpfResult.Success);
        Assert.All(success.Bytes[success.Header.Length..], b => Assert.Equal(0, b));
        Answer error = map.GetBatch(30, map.Key(9)).Expect(EbpfResult.KeyNotFound);
        Assert.All(error.Bytes, b => Assert.Equal(0, b));
    }

    [Fact]
    public void A_fixed_reply_names_its_operation_and_its_length()
    {
        using EbpfMachine machine = new();
        machine.User.NewMap(BpfMapType.Hash);
        Answer answer = machine.User.NextId(EbpfOperationId.GetNextMapId, 0).Expect(EbpfResult.Success);
        Assert.Equal((EbpfOperationId.GetNextMapId, 12), (answer.Header.Id, answer.Header.Length));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void The_code_integrity_state_is_what_the_driver_was_loaded_with(bool integrity, bool testSigning)
    {
        using EbpfMachine machine = new(options: EbpfCoreOptions.NativeOnly with { HypervisorCodeIntegrity = integrity, TestSigning = testSigning });
        GetCodeIntegrityStateReply reply = machine.User
            .Send(EbpfOperationId.GetCodeIntegrityState, default(GetCodeIntegrityStateRequest), replyBytes: 12)
            .Expect(EbpfResult.Success)
            .As<GetCodeIntegrityStateReply>();
        Assert.Equal((integrity, testSigning), (reply.HypervisorCodeIntegrityEnabled != 0, reply.TestSigningEnabled != 0));
    }

    /// <summary>A request of a length whose fields are all in order for the validator.</summary>
    private static byte[] Message(OperationRow row, int bytes, int? length = null)
    {
        byte[] message = new byte[bytes];
        if (row.Id == EbpfOperationId.CreateProgram && bytes >= 28)
        {
            message[24] = message[26] = 28;
        }

        MemoryMarshal.Write(message, new OperationHeader { Length = (ushort)(length ?? bytes), Id = row.Id });
        return message;
    }
}
