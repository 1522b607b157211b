using System.Text.Json;
using static KernelSim.EndToEnd.Tests.Script.LabScript;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>A per-CPU hash read and written in batches, by a program that knows of the CPUs and by one that forgot them.</summary>
public sealed class StoryTests
{
    private const int Cpus = 4;

    private static readonly string s_keys = Key(1) + Key(2);
    private static readonly string s_one = Counters(1, 2, 3, 4);
    private static readonly string s_two = Counters(10, 11, 12, 13);

    private static readonly string s_fill =
        $$"""{"op":"map_update_batch","fd":"m","keys":"{{s_keys}}","values":"{{s_one}}{{s_two}}","count":2}""";

    private static readonly string s_forgetfulUpdate =
        $$"""{"op":"map_update_batch","fd":"m","keys":"{{s_keys}}","values":"{{Counters(5, 6)}}","count":2}""";

    private const string ForgetfulLookup = """{"op":"map_lookup_batch","fd":"m","count":2,"values_size":16}""";

    private const string Lookup = """{"op":"map_lookup_batch","fd":"m","count":2}""";

    public static TheoryData<string, string> LibrariesAndHeaps => new()
    {
        { "checked", "guarded" },
        { "checked", "packed" },
        { "upstream", "guarded" },
        { "upstream", "packed" },
    };

    [Theory]
    [MemberData(nameof(LibrariesAndHeaps))]
    public void With_room_for_every_cpu_the_values_are_right(string library, string heap)
    {
        IReadOnlyList<JsonElement> results = Results([CreateStats, s_fill, Lookup], "--library", library, "--heap", heap);

        Answers("""{"ret":0,"count":2}""", results[1]);
        Assert.Equal(0, results[2].GetProperty("ret").GetInt32());
        Assert.Equal(2, results[2].GetProperty("count").GetInt32());
        Assert.Equal(Elements((Key(1), s_one), (Key(2), s_two)), Elements(results[2]));
    }

    [Theory]
    [InlineData("guarded")]
    [InlineData("packed")]
    public void The_checked_library_refuses_a_forgetful_program_before_a_byte_moves(string heap)
    {
        IReadOnlyList<JsonElement> results = Results(
            [CreateStats, s_forgetfulUpdate, Lookup, s_fill, ForgetfulLookup, Lookup], "--heap", heap);

        Answers("""{"ret":-22,"errno":"EINVAL","check":"api.update_batch.values_size","given":16,"expected":64,"count":0}""", results[1]);
        Answers("""{"ret":-2,"errno":"ENOENT","count":0}""", results[2]);
        Answers("""{"ret":-22,"errno":"EINVAL","check":"api.lookup_batch.values_size","given":16,"expected":64,"count":0}""", results[4]);
        Assert.Equal(Elements((Key(1), s_one), (Key(2), s_two)), Elements(results[5]));
    }

    [Theory]
    [InlineData("upstream")]
    [InlineData("before-3564")]
    public void With_a_guarded_heap_a_forgetful_update_dies_of_reading_and_every_later_line_finds_no_process(string library)
    {
        IReadOnlyList<JsonElement> results = Results(
            [CreateStats, s_forgetfulUpdate, Lookup, """{"op":"num_possible_cpus"}""", """{"op":"close","fd":"m","id":1}"""],
            "--library",
            library);

        AssertFault(results[1], "read", "library:update_batch.values");
        Answers("""{"ret":-3,"errno":"ESRCH"}""", results[2]);
        Answers("""{"ret":-3,"errno":"ESRCH"}""", results[3]);
        Answers("""{"id":1,"ret":-3,"errno":"ESRCH"}""", results[4]);
    }

    [Fact]
    public void With_a_guarded_heap_a_forgetful_lookup_dies_of_writing()
    {
        IReadOnlyList<JsonElement> results = Results([CreateStats, s_fill, ForgetfulLookup, Lookup], "--library", "upstream");

        AssertFault(results[2], "write", "library:lookup_batch.values");
        Answers("""{"ret":-3,"errno":"ESRCH"}""", results[3]);
    }

    [Fact]
    public void With_a_packed_heap_a_forgetful_update_puts_other_memory_into_the_map()
    {
        ToolRun run = Run([CreateStats, s_forgetfulUpdate, Lookup], "--library", "upstream", "--heap", "packed");

        Answers("""{"ret":0,"count":2}""", run.Json[1]);
        Dictionary<string, string> elements = Elements(run.Json[2]);
        Assert.StartsWith(Counters(5, 6), elements[Key(1)], StringComparison.Ordinal);
        Assert.NotEqual(Counters(5, 6, 0, 0), elements[Key(1)]);
        Assert.Equal(
            "kernelsim: script: line 2: note: the library read 48 bytes past the end of values (16 bytes allocated), and nobody noticed\n",
            run.Error);
    }

    [Fact]
    public void With_a_packed_heap_a_forgetful_lookup_overwrites_the_neighbours_and_returns_0()
    {
        ToolRun run = Run([CreateStats, s_fill, ForgetfulLookup], "--library", "upstream", "--heap", "packed");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(0, run.Json[2].GetProperty("ret").GetInt32());
        Assert.Equal(2, run.Json[2].GetProperty("count").GetInt32());
        Assert.Equal(16 * 2, run.Json[2].GetProperty("values").GetString()!.Length);
        Assert.Equal(
            "kernelsim: script: line 3: note: the library wrote 48 bytes past the end of values (16 bytes allocated), and nobody noticed\n",
            run.Error);
    }

    [Fact]
    public void With_a_packed_heap_a_forgetful_update_of_one_element_is_told_too()
    {
        ToolRun run = Run(
            [CreateStats, $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{Counters(5)}}"}"""],
            "--library", "upstream", "--heap", "packed");

        Answers("""{"ret":0}""", run.Json[1]);
        Assert.Equal(
            "kernelsim: script: line 2: note: the library read 24 bytes past the end of value (8 bytes allocated), and nobody noticed\n",
            run.Error);
    }

    [Fact]
    public void Before_the_fix_a_lookup_cuts_records_at_the_wrong_stride()
    {
        // Room for 6 records of 4 + 8 bytes is room for two of the kernel's, 4 + 32 bytes each.
        IReadOnlyList<JsonElement> results = Results(
            [CreateStats, s_fill, """{"op":"map_lookup_batch","fd":"m","count":6}"""], "--library", "before-3564");

        Assert.Equal(0, results[2].GetProperty("ret").GetInt32());
        Assert.Equal(6, results[2].GetProperty("count").GetInt32());
        string keys = results[2].GetProperty("keys").GetString()!;
        string first = keys[..8];
        (string key, string value, string other, string otherValue) =
            first == Key(1) ? (Key(1), s_one, Key(2), s_two) : (Key(2), s_two, Key(1), s_one);
        string records = key + value + other + otherValue;
        Assert.Equal(string.Concat(Enumerable.Range(0, 6).Select(i => records.Substring(i * 24, 8))), keys);
        Assert.StartsWith(
            string.Concat(Enumerable.Range(0, 6).Select(i => records.Substring((i * 24) + 8, 16))),
            results[2].GetProperty("values").GetString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    public void Before_the_fix_a_lookup_without_room_for_one_of_the_kernels_records_is_refused(string count)
    {
        IReadOnlyList<JsonElement> results = Results(
            [CreateStats, s_fill, $$"""{"op":"map_lookup_batch","fd":"m","count":{{count}}}"""], "--library", "before-3564");

        Answers(
            $$"""{"ret":-22,"errno":"EINVAL","check":"api.batch.records_returned","given":0,"expected":12,"count":{{count}}}""", results[2]);
    }

    [Fact]
    public void Upstream_leaves_the_count_as_it_was_when_a_call_fails()
    {
        string[] lines = [CreateStats, """{"op":"map_lookup_batch","fd":"m","count":5}"""];

        Answers("""{"ret":-2,"errno":"ENOENT","count":5}""", Results(lines, "--library", "upstream")[1]);
        Answers("""{"ret":-2,"errno":"ENOENT","count":0}""", Results(lines)[1]);
    }

    private static void AssertFault(JsonElement result, string access, string site)
    {
        Assert.Equal(["fault"], result.EnumerateObject().Select(p => p.Name));
        JsonElement fault = result.GetProperty("fault");
        Assert.Equal(["kind", "access", "address", "length", "site"], fault.EnumerateObject().Select(p => p.Name));
        Assert.Equal("access_violation", fault.GetProperty("kind").GetString());
        Assert.Equal(access, fault.GetProperty("access").GetString());
        Assert.Matches("^0x[0-9a-f]+000$", fault.GetProperty("address").GetString());
        Assert.Equal(sizeof(ulong) * Cpus, fault.GetProperty("length").GetInt32());
        Assert.Equal(site, fault.GetProperty("site").GetString());
    }

    private static Dictionary<string, string> Elements(params (string Key, string Value)[] elements) =>
        elements.ToDictionary(e => e.Key, e => e.Value);

    private static Dictionary<string, string> Elements(JsonElement result)
    {
        string keys = result.GetProperty("keys").GetString()!;
        string values = result.GetProperty("values").GetString()!;
        return Enumerable.Range(0, keys.Length / 8).ToDictionary(i => keys.Substring(i * 8, 8), i => values.Substring(i * 64, 64));
    }
}
