using System.Text.Json;
using static KernelSim.EndToEnd.Tests.Script.LabScript;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>Batches around the number of elements that fill a message.</summary>
public sealed class MessageBorderTests
{
    private const int LookupBytes = 65535 - 8;
    private const int UpdateBytes = 65535 - 20;

    private static readonly int[] s_cpus = [4, 64, 1024];
    private static readonly string[] s_libraries = ["checked", "upstream"];

    public static TheoryData<int, int, string> LookupBorders => new(
        from cpus in s_cpus
        from offset in Enumerable.Range(-1, 3)
        from library in s_libraries
        select (cpus, offset, library));

    public static TheoryData<int, int> UpdateBorders => new(
        from cpus in s_cpus
        from offset in Enumerable.Range(-1, 3)
        select (cpus, offset));

    [Theory]
    [MemberData(nameof(LookupBorders))]
    public void A_lookup_for_just_what_there_is_gets_it(int cpus, int offset, string library)
    {
        int elements = (LookupBytes / Record(cpus)) + offset;

        JsonElement result = Lookup(cpus, elements, count: elements, library);

        Assert.Equal(0, result.GetProperty("ret").GetInt32());
        Assert.Equal(elements, result.GetProperty("count").GetInt32());
        Assert.Equal(
            string.Concat(Enumerable.Range(0, elements).Select(i => Key((uint)i))), result.GetProperty("keys").GetString());
    }

    [Theory]
    [MemberData(nameof(LookupBorders))]
    public void A_lookup_for_more_than_there_is_gets_what_there_is_but_upstream_loses_a_whole_number_of_messages(
        int cpus, int offset, string library)
    {
        int elements = (LookupBytes / Record(cpus)) + offset;

        JsonElement result = Lookup(cpus, elements, count: elements + 5, library);

        if (library == "upstream" && offset == 0)
        {
            Answers($$"""{"ret":-2,"errno":"ENOENT","count":{{elements + 5}}}""", result);
        }
        else
        {
            Assert.Equal(0, result.GetProperty("ret").GetInt32());
            Assert.Equal(elements, result.GetProperty("count").GetInt32());
        }
    }

    [Theory]
    [MemberData(nameof(UpdateBorders))]
    public void An_update_around_a_full_message_writes_every_element(int cpus, int offset)
    {
        int elements = (UpdateBytes / Record(cpus)) + offset;
        string keys = string.Concat(Enumerable.Range(0, elements).Select(i => Key((uint)i)));
        string values = string.Concat(Enumerable.Range(0, elements).Select(i => string.Concat(Enumerable.Repeat(Counters((ulong)i), cpus))));

        IReadOnlyList<JsonElement> results = Results(
        [
            Create(elements),
            $$"""{"op":"map_update_batch","fd":"a","keys":"{{keys}}","values":"{{values}}","count":{{elements}}}""",
            $$"""{"op":"map_lookup_batch","fd":"a","count":{{elements}}}""",
        ], "--cpus", $"{cpus}");

        Answers($$"""{"ret":0,"count":{{elements}}}""", results[1]);
        Answers($$"""{"ret":0,"count":{{elements}},"keys":"{{keys}}","values":"{{values}}"}""", results[2]);
    }

    [Fact]
    public void An_element_that_fits_no_message_is_refused_however_large_the_buffers_are()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","as":"a","type":"percpu_array","name":"a","key_size":4,"value_size":1024,"max_entries":1}""",
            """{"op":"map_lookup_batch","fd":"a","count":1}""",
        ], "--cpus", "64");

        Answers(
            """{"ret":-22,"errno":"EINVAL","check":"api.batch.record_fits","given":65540,"expected":65527,"count":0}""", results[1]);
    }

    [Theory]
    [InlineData("checked", "guarded")]
    [InlineData("checked", "packed")]
    [InlineData("upstream", "guarded")]
    [InlineData("before-3564", "guarded")]
    public void A_key_that_fits_a_reply_but_no_request_can_be_read_but_not_be_continued_after(string library, string heap)
    {
        const int Bytes = 65519;
        IReadOnlyList<JsonElement> results = Results(
        [
            $$"""{"op":"map_create","as":"h","type":"hash","name":"wide","key_size":{{Bytes}},"value_size":1,"max_entries":2}""",
            Insert("01"),
            Insert("02"),
            """{"op":"map_lookup_batch","fd":"h","count":1}""",
            """{"op":"map_lookup_batch","fd":"h","count":1,"cursor":"next"}""",
            """{"op":"map_lookup_batch","fd":"h","count":2}""",
            """{"op":"map_lookup_and_delete_batch","fd":"h","count":2}""",
        ], "--library", library, "--heap", heap);

        Assert.Equal(1, results[3].GetProperty("count").GetInt32());
        Refused(results[4]);
        Refused(results[5]);
        Assert.Equal(2, results[6].GetProperty("count").GetInt32());

        static string Insert(string digits) =>
            $$"""{"op":"helper_map_update_elem","cpu":0,"fd":"h","key":"{{string.Concat(Enumerable.Repeat(digits, Bytes))}}","value":"aa"}""";

        static void Refused(JsonElement result)
        {
            Assert.Equal("EOTHER", result.GetProperty("errno").GetString());
            Assert.Equal("api.message_length", result.GetProperty("check").GetString());
            Assert.Equal(65536, result.GetProperty("given").GetInt32());
        }
    }

    private static JsonElement Lookup(int cpus, int elements, int count, string library) => Results(
        [Create(elements), $$"""{"op":"map_lookup_batch","fd":"a","count":{{count}}}"""], "--cpus", $"{cpus}", "--library", library)[1];

    private static string Create(int elements) =>
        $$"""{"op":"map_create","as":"a","type":"percpu_array","name":"a","key_size":4,"value_size":8,"max_entries":{{elements}}}""";

    private static int Record(int cpus) => 4 + (8 * cpus);
}
