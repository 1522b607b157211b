using System.Globalization;
using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using static KernelSim.Protocol.Tests.MessageBuilder;

namespace KernelSim.Protocol.Tests;

public sealed class DispatchChecksTests
{
    public static TheoryData<int> Ids => OperationTableTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_input_buffer_passes_exactly_when_the_reference_lets_it_pass(int id)
    {
        OperationRow row = OperationTable.Find((EbpfOperationId)id)!;
        (bool exact, int needed) = Rule(Expected(id).Text("request_length_check"), "input_length");
        foreach (int length in LengthsAround(needed))
        {
            bool passed = DispatchChecks.RequestLength(row, length, out CheckRefusal refusal);
            Assert.Equal(exact ? length == needed : length >= needed, passed);
            AssertNames(passed, refusal, "core.request.length", length, needed);
        }
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void An_output_buffer_passes_exactly_when_the_reference_lets_it_pass(int id)
    {
        OperationRow row = OperationTable.Find((EbpfOperationId)id)!;
        string text = Expected(id).Text("reply_length_check");
        bool none = text == "no output buffer may be passed to the handler";
        (bool exact, int needed) = none ? (true, 0) : Rule(text, "output_length");
        foreach (int length in LengthsAround(needed))
        {
            bool passed = DispatchChecks.ReplyLength(row, length, out CheckRefusal refusal);
            Assert.Equal(exact ? length == needed : length >= needed, passed);
            AssertNames(passed, refusal, none ? "core.reply.unexpected" : "core.reply.length", length, needed);
        }
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void A_request_must_be_there(int length, bool passes)
    {
        bool passed = DispatchChecks.RequestIsPresent(length, out CheckRefusal refusal);
        Assert.Equal(passes, passed);
        AssertNames(passed, refusal, "core.request.present", length, 1);
    }

    [Theory]
    [InlineData(16, 8, true, 0)]
    [InlineData(16, 16, true, 0)]
    [InlineData(16, 7, false, 8)]
    [InlineData(16, 0, false, 8)]
    [InlineData(16, 17, false, 16)]
    [InlineData(16, 65535, false, 16)]
    public void The_header_length_must_cover_the_header_and_stay_in_the_buffer(int buffer, int length, bool passes, int expected)
    {
        bool passed = DispatchChecks.HeaderLength(Message(buffer, length, 0), out CheckRefusal refusal);
        Assert.Equal(passes, passed);
        AssertNames(passed, refusal, "core.header.length", length, expected);
    }

    [Fact]
    public void A_buffer_without_room_for_a_header_fails_the_header_check()
    {
        Assert.False(DispatchChecks.HeaderLength(new byte[7], out CheckRefusal refusal));
        AssertNames(false, refusal, "core.header.length", 7, 8);
    }

    private static JsonElement Expected(int id) => Reference.Operations.Single(o => o.Int("id") == id);

    private static (bool Exact, int Needed) Rule(string text, string what)
    {
        string[] parts = text.Split(' ');
        Assert.Equal(what, parts[0]);
        Assert.Contains(parts[1], (string[])["==", ">="]);
        return (parts[1] == "==", int.Parse(parts[2], CultureInfo.InvariantCulture));
    }

    private static int[] LengthsAround(int needed) => [.. Enumerable.Range(0, needed + 16), EbpfDevice.MaxMessageBytes];

    private static void AssertNames(bool passed, CheckRefusal refusal, string check, long given, long expected)
    {
        CheckRefusal wanted = passed ? default : new CheckRefusal(CheckTable.Find(check)!.Number, given, expected);
        Assert.Equal(wanted, refusal);
    }
}
