using KernelSim.Protocol.Checks;

namespace KernelSim.Protocol.Tests;

/// <summary>What a check compared, in words that hold for a reader whether it passed or refused.</summary>
public sealed class CheckWordingTests
{
    public static TheoryData<string> Ids => [.. CheckTable.All.Select(c => c.Id)];

    [Theory]
    [InlineData("api.update_flags", 0, 2, true, "0 given, expected at most 2")]
    [InlineData("api.update_flags", 3, 2, false, "3 given, expected at most 2")]
    [InlineData("api.update_flags", -1, 2, false, "18446744073709551615 given, expected at most 2")]
    [InlineData("api.batch.flags", long.MinValue, 0, false, "9223372036854775808 given, expected 0")]
    [InlineData("api.lookup_batch.values_size", 64000, 64, true, "64000 given, expected at least 64")]
    [InlineData("map.find.value_size", 8, 64, false, "8 given, expected 64")]
    [InlineData("map.next_key.previous_size", 0, 4, true, "0 given, expected 0 or 4")]
    [InlineData("map.next_key.previous_size", 3, 0, false, "3 given, expected 0")]
    [InlineData("core.header.length", 7, 8, false, "7 given, expected at least 8")]
    [InlineData("core.header.length", 17, 16, false, "17 given, expected at most 16")]
    [InlineData("core.header.length", 12, 16, true, "12 given, expected at most 16")]
    [InlineData("core.request.length", 15, 16, false, "15 given, expected at least 16")]
    [InlineData("core.request.length", 17, 16, false, "17 given, expected exactly 16")]
    [InlineData("core.request.length", 90, 16, true, "90 given, expected at least 16")]
    [InlineData("map.create.memory", 4096, 100, false, "4096 given, expected at most 100")]
    [InlineData("map.create.value_total", 4294967296, 4294967295, false, "4294967296 given, expected at most 4294967295")]
    [InlineData("map.create.ring_pages", 2048, 4096, false, "2048 given, expected a multiple of 4096")]
    [InlineData("map.custom.full", 3, 3, false, "3 given, expected less than 3")]
    [InlineData("map.update_batch.data", 11, 0, false, "11 given, expected a multiple such as 0")]
    [InlineData("map.update.noexist", 1, 0, false, "1 given, expected any option but EBPF_NOEXIST (1)")]
    [InlineData("map.find.supported", 13, 0, false, "ringbuf given")]
    [InlineData("object.handle", 9999, 1, false, "0x270f given")]
    [InlineData("link.hook.answer", 3221225506, 0, false, "STATUS_ACCESS_DENIED given, expected STATUS_SUCCESS")]
    [InlineData("map.custom.create", 12, 0, false, "EBPF_NO_MEMORY given, expected EBPF_SUCCESS")]
    [InlineData("typed.open.type", 1, 4, false, "hash given, expected percpu_hash")]
    [InlineData("driver.operation.policy", 2, 5, false, "2 given, expected a bit of 5")]
    [InlineData("native.module.present", 0, 1, false, "none given, expected one")]
    [InlineData("native.attach.map", 0, -1, false, "0 given, expected none")]
    public void The_relation_of_a_row_is_in_its_words(string id, long given, long expected, bool passed, string words) =>
        Assert.Equal(words, CheckTable.Find(id)!.Describe(given, expected, passed));

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_passes_never_reads_as_if_it_had_to_be_equal_to_something_else(string id)
    {
        Check check = CheckTable.Find(id)!;
        if (check is { Relation: CheckRelation.Equal, Accepts: null })
        {
            // Nothing but the expected number passes such a row, so that both numbers are one.
            Assert.Equal("{0}", check.Pattern(0, passed: true));
            return;
        }

        Assert.NotEqual("{0}", check.Pattern(-1, passed: true));
        Assert.NotEqual("{0}", check.Pattern(1, passed: true));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void A_formula_with_a_bound_belongs_to_a_row_with_that_relation(string id)
    {
        Check check = CheckTable.Find(id)!;
        if (check.Relation == CheckRelation.Equal && check.Accepts is null)
        {
            Assert.DoesNotContain(" <= ", check.Formula, StringComparison.Ordinal);
            Assert.DoesNotContain(" >= ", check.Formula, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_number_may_be_written_in_the_readers_way()
    {
        Check check = CheckTable.ApiLookupBatchValuesSize;
        Assert.Equal("8k given, expected at least 64k", check.Describe(8, 64, digits: n => $"{n}k"));
    }
}
