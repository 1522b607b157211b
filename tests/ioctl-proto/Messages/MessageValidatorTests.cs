using System.Buffers.Binary;
using System.Text.Json;
using KernelSim.Protocol.Checks;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using static KernelSim.Protocol.Tests.MessageBuilder;

namespace KernelSim.Protocol.Tests;

public sealed class MessageValidatorTests
{
    private const int Room = 96;

    /// <summary>Operation id and the number of the constraint in it.</summary>
    public static TheoryData<int, int> Constraints
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (JsonElement operation in Reference.Operations)
            {
                for (int i = 0; i < operation.GetProperty("spec3d").GetProperty("constraints").GetArrayLength(); i++)
                {
                    data.Add(operation.Int("id"), i);
                }
            }

            return data;
        }
    }

    [Fact]
    public void Every_judged_message_is_judged_the_same()
    {
        int judged = 0;
        foreach (JsonElement judgement in Reference.ValidatorCases)
        {
            byte[] message = Convert.FromHexString(judgement.Text("message"));
            bool accepted = MessageValidator.Validate(message, out CheckRefusal refusal);
            Assert.True(accepted == judgement.Bool("accepted"), $"{judgement}: {refusal}");
            Assert.Equal(accepted, CheckTable.Find(refusal.Check) is null);
            judged++;
        }

        Assert.Equal(2000, judged);
    }

    [Fact]
    public void Judging_allocates_nothing_whatever_the_verdict()
    {
        byte[][] messages = [.. Reference.ValidatorCases.Select(c => Convert.FromHexString(c.Text("message")))];
        int accepted = JudgeAll(messages);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int again = JudgeAll(messages);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(accepted, again);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void A_buffer_too_short_for_a_header_is_refused(int length) =>
        AssertRefused(new byte[length], "validator.buffer.length", given: length, expected: 8);

    [Theory]
    [InlineData(0, 8)]
    [InlineData(7, 8)]
    [InlineData(17, 16)]
    [InlineData(65535, 16)]
    public void A_header_length_below_8_or_beyond_the_buffer_is_refused(int headerLength, int expected) =>
        AssertRefused(Message(16, headerLength, 15), "validator.header.length", headerLength, expected);

    [Theory]
    [InlineData(46u)]
    [InlineData(uint.MaxValue)]
    public void An_id_that_no_operation_has_is_refused(uint id) => AssertRefused(Message(16, 8, id), "validator.header.id", id, 45);

    [Fact]
    public void Every_operation_takes_every_length_that_the_reference_takes_and_no_other()
    {
        foreach (JsonElement operation in Reference.Operations)
        {
            int minimum = operation.GetProperty("spec3d").Int("min_length");
            for (int length = 0; length <= Room; length++)
            {
                byte[] message = WithFieldsAtTheirMinimum(operation, Message(Room, length, (uint)operation.Int("id")));
                bool accepted = MessageValidator.Validate(message, out CheckRefusal refusal);
                Assert.True(accepted == length >= minimum, $"{operation.Text("short_name")} of {length} bytes: {refusal}");
                if (length is >= 8 && length < minimum)
                {
                    AssertRefused(message, "validator.min_length", length, minimum);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Constraints))]
    public void A_field_may_be_at_its_limits_and_not_beyond(int id, int index)
    {
        JsonElement operation = Reference.Operations.Single(o => o.Int("id") == id);
        JsonElement constraint = operation.GetProperty("spec3d").GetProperty("constraints")[index];
        JsonElement field = FieldOf(operation, constraint.Text("field"));
        string check = $"validator.{operation.Text("short_name")}.{constraint.Text("field")}";
        byte[] message = WithFieldsAtTheirMinimum(operation, Message(Room + 4, Room, (uint)id));
        long minimum = Bound(operation, constraint, "min", message);
        long maximum = Bound(operation, constraint, "max", message);
        int offset = field.Int("offset");
        int width = field.Int("size");
        long largest = width == 2 ? ushort.MaxValue : uint.MaxValue;

        Assert.True(MessageValidator.Validate(WithLaterFieldsAtTheirMinimum(message.With(offset, width, minimum)), out _));
        Assert.True(MessageValidator.Validate(WithLaterFieldsAtTheirMinimum(message.With(offset, width, maximum)), out _));
        AssertRefused(message.With(offset, width, maximum + 1), check, maximum + 1, maximum);
        AssertRefused(message.With(offset, width, largest), check, largest, maximum);
        if (minimum > 0)
        {
            AssertRefused(message.With(offset, width, minimum - 1), check, minimum - 1, minimum);
        }

        byte[] WithLaterFieldsAtTheirMinimum(byte[] changed) => WithFieldsAtTheirMinimum(operation, changed, index + 1);
    }

    [Fact]
    public void What_lies_beyond_the_header_length_and_in_its_padding_is_not_looked_at()
    {
        byte[] message = Message(Room, 20, (uint)EbpfOperationId.MapUpdateElementBatch);
        message.AsSpan(20).Fill(0xFF);
        message.AsSpan(2, 2).Fill(0xFF);
        Assert.True(MessageValidator.Validate(message, out _));
    }

    private static int JudgeAll(byte[][] messages)
    {
        int accepted = 0;
        foreach (byte[] message in messages)
        {
            accepted += MessageValidator.Validate(message, out _) ? 1 : 0;
        }

        return accepted;
    }

    private static void AssertRefused(byte[] message, string check, long given, long expected)
    {
        Assert.False(MessageValidator.Validate(message, out CheckRefusal refusal));
        Check row = CheckTable.Find(refusal.Check)!;
        Assert.Equal((check, given, expected), (row.Id, refusal.Given, refusal.Expected));
        Assert.Equal(EbpfResult.InvalidArgument, row.Result);
    }

    private static byte[] WithFieldsAtTheirMinimum(JsonElement operation, byte[] message, int from = 0)
    {
        foreach (JsonElement constraint in operation.GetProperty("spec3d").GetProperty("constraints").EnumerateArray().Skip(from))
        {
            JsonElement field = FieldOf(operation, constraint.Text("field"));
            message.With(field.Int("offset"), field.Int("size"), Bound(operation, constraint, "min", message));
        }

        return message;
    }

    private static JsonElement FieldOf(JsonElement operation, string name) =>
        Reference.Structs.Single(s => s.Text("name") == operation.Text("request_struct"))
            .GetProperty("fields").EnumerateArray().Single(f => f.Text("name") == name);

    /// <summary>Works a bound of the reference out: a number, <c>header.length</c>, <c>header.length - n</c> or a field's name.</summary>
    private static long Bound(JsonElement operation, JsonElement constraint, string which, byte[] message)
    {
        if (!constraint.TryGetProperty(which, out JsonElement bound))
        {
            return 0;
        }

        if (bound.ValueKind == JsonValueKind.Number)
        {
            return bound.GetInt64();
        }

        string text = bound.GetString()!;
        if (text.StartsWith("header.length", StringComparison.Ordinal))
        {
            string[] parts = text.Split(" - ");
            return BinaryPrimitives.ReadUInt16LittleEndian(message) - (parts.Length > 1 ? int.Parse(parts[1]) : 0);
        }

        return BinaryPrimitives.ReadUInt16LittleEndian(message.AsSpan(FieldOf(operation, text).Int("offset")));
    }
}
