using System.Text.Json;
using KernelSim.Protocol.Messages;

namespace KernelSim.Protocol.Tests;

public sealed class OperationTableTests
{
    public static TheoryData<int> Ids => [.. Reference.Operations.Select(o => o.Int("id"))];

    [Fact]
    public void There_is_a_row_for_every_operation_and_no_other()
    {
        Assert.Equal(Reference.Operations.Count(), OperationTable.All.Length);
        Assert.Equal(OperationTable.Count, OperationTable.All.Length);
        Assert.Equal(OperationTable.Count - 1, Reference.Protocol.GetProperty("spec3d").GetProperty("header_rules").GetProperty("id").Int("max"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_row_says_what_the_reference_says(int id)
    {
        JsonElement expected = Reference.Operations.Single(o => o.Int("id") == id);
        OperationRow row = OperationTable.Find((EbpfOperationId)id)!;

        Assert.Equal((EbpfOperationId)id, row.Id);
        Assert.Equal(expected.Text("short_name"), row.Name);
        Assert.Equal(expected.Text("name"), row.UpstreamName);
        Assert.Equal(expected.Text("request_kind"), row.Request.Kind.ToString().ToLowerInvariant());
        Assert.Equal(expected.Text("reply_kind"), row.Reply.Kind.ToString().ToLowerInvariant());
        Assert.Equal(expected.Int("minimum_request_size"), row.Request.Minimum);
        Assert.Equal(expected.Int("minimum_reply_size"), row.Reply.Minimum);
        Assert.Equal(expected.Bool("async"), row.IsAsync);
        Assert.Equal(expected.Bool("privileged"), row.IsPrivileged);
        Assert.Equal(expected.Int("flag_value"), row.UpstreamFlags);
        foreach (JsonProperty mode in expected.GetProperty("modes").EnumerateObject())
        {
            var bit = (OperationModes)Reference.Protocol.GetProperty("mode_bits").Int(mode.Name);
            Assert.Equal(mode.Name, bit.ToString().ToLowerInvariant());
            Assert.Equal(mode.Value.GetBoolean(), row.Modes.HasFlag(bit));
        }

        JsonElement spec = expected.GetProperty("spec3d");
        Assert.Equal(spec.Text("body") == "specific", row.HasBodyRule);
        Assert.Equal(spec.Int("min_length"), row.MinimumHeaderLength);
        Assert.Equal(
            spec.GetProperty("constraints").EnumerateArray().Select(c => c.Text("field")),
            row.FieldRules.ToArray().Select(r => r.Field));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_rule_reads_its_field_where_the_request_has_it(int id)
    {
        OperationRow row = OperationTable.Find((EbpfOperationId)id)!;
        JsonElement operation = Reference.Operations.Single(o => o.Int("id") == id);
        foreach (FieldRule rule in row.FieldRules)
        {
            JsonElement field = Reference.Structs.Single(s => s.Text("name") == operation.Text("request_struct"))
                .GetProperty("fields").EnumerateArray().Single(f => f.Text("name") == rule.Field);
            Assert.Equal(field.Int("offset"), rule.Offset);
            Assert.Equal(field.Int("size"), rule.Width);
        }
    }

    [Theory]
    [InlineData(46u)]
    [InlineData(0x7FFFFFFFu)]
    [InlineData(0x80000000u)]
    [InlineData(uint.MaxValue)]
    public void An_unknown_id_has_no_row(uint id) => Assert.Null(OperationTable.Find((EbpfOperationId)id));

    [Theory]
    [InlineData("map_update_element_batch")]
    [InlineData("EBPF_OPERATION_MAP_UPDATE_ELEMENT_BATCH")]
    public void A_row_is_found_by_either_name(string name) =>
        Assert.Equal(EbpfOperationId.MapUpdateElementBatch, OperationTable.Find(name)!.Id);

    [Fact]
    public void A_name_that_no_operation_has_finds_nothing() => Assert.Null(OperationTable.Find("map_update"));
}
