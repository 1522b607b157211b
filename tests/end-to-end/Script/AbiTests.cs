using System.Text.Json;
using KernelSim.LabScripts.Abi;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>The two personalities of <c>script</c>. What Linux does is compared with a real one in the tests of the host kernel.</summary>
public sealed class AbiTests
{
    private const string Full =
        """
        {"op":"map_create","as":"h","type":"hash","name":"h","key_size":1,"value_size":1,"max_entries":2}
        {"op":"map_update_batch","fd":"h","keys":"010203","values":"a1b2c3","count":3}
        {"op":"map_delete_elem","fd":"h","key":"01"}
        {"op":"map_update_elem","fd":"h","key":"03","value":"c3"}
        """;

    private const string SameOnBoth =
        """
        {"op":"map_create","as":"h","type":"hash","name":"h","key_size":1,"value_size":1,"max_entries":2}
        {"op":"map_update_elem","fd":"h","key":"03","value":"c3"}
        {"op":"map_lookup_elem","fd":"h","key":"03"}
        """;

    /// <summary>For each rule a script, in which it decides at least one call.</summary>
    public static TheoryData<string, string> Reached => new()
    {
        { "create.type", Create("m", "sample_hash_map", 4, 4, 2) },
        { "create.name", Create("a-b", "hash", 4, 4, 2) },
        { "create.flags", Create("m", "hash", 4, 4, 2, ",\"flags\":1") },
        { "create.sizes", Create("m", "array", 8, 4, 2) },
        { "create.limits", Create("m", "percpu_array", 4, 40_000, 2) },
        { "create.inner", Create("p", "prog_array", 4, 4, 2) + Create("m", "array_of_maps", 4, 4, 2, ",\"inner_fd\":\"p\"") },
        { "element.access", Create("m", "hash", 4, 4, 2, ",\"flags\":8") + Key("update_elem", ",\"value\":\"00000000\"") },
        { "element.address", Create("m", "hash", 4, 4, 2) + """{"op":"map_lookup_elem","fd":"m","key":null}""" },
        { "ring.elements", Create("m", "ringbuf", 0, 0, 4096) + """{"op":"map_lookup_elem","fd":"m"}""" },
        { "lookup_and_delete.types", Create("m", "array", 4, 4, 2) + Key("lookup_and_delete_elem") },
        { "objects.flags", MapOfMaps + Key("update_elem", ",\"value_fd\":\"i\",\"flags\":2") },
        { "array.flags", Create("m", "array", 4, 4, 2) + Helper("update_elem", ",\"value\":\"00000000\",\"flags\":3") },
        { "array.index", Create("m", "array", 4, 4, 1) + Key("update_elem", ",\"value\":\"00000000\"") },
        { "array.noexist", Create("m", "array", 4, 4, 2) + Key("update_elem", ",\"value\":\"00000000\",\"flags\":1") },
        { "array.delete", Create("m", "array", 4, 4, 2) + Key("delete_elem") },
        { "objects.delete", MapOfMaps + Key("delete_elem") },
        { "objects.descriptor", MapOfMaps + Key("update_elem", ",\"value_fd\":-1") },
        { "inner.max_entries", MapOfMaps + Create("j", "hash", 4, 4, 3) + Key("update_elem", ",\"value_fd\":\"j\"") },
        { "queue.flags", Create("m", "queue", 0, 1, 2) + """{"op":"map_update_elem","fd":"m","value":"01","flags":1}""" },
        { "queue.next_key", Create("m", "queue", 0, 1, 2) + """{"op":"map_get_next_key","fd":"m"}""" },
        { "lpm.longer_prefix", Trie + """{"op":"map_lookup_elem","fd":"m","key":"2100000000000000"}""" },
        { "hash.full", Full },
        { "lpm.full", Trie + Prefix("01") + Prefix("02") + Prefix("03") },
        { "queue.full", Create("m", "queue", 0, 1, 1) + Push + Push },
        { "helper.noexist", Create("m", "percpu_hash", 4, 4, 2) + New + New },
        { "helper.map_type", MapOfMaps + Helper("delete_elem") },
        { "array.next_key", Create("m", "array", 4, 4, 1) + Key("get_next_key") },
        { "lpm.next_key", Trie + Prefix("01") + """{"op":"map_get_next_key","fd":"m","key":"2100000000000000"}""" },
        { "hash.order", Create("m", "hash", 1, 1, 9) + Bytes + """{"op":"map_get_next_key","fd":"m"}""" },
        { "lpm.order", Trie + Prefix("01") + """{"op":"map_get_next_key","fd":"m"}""" },
        { "batch.types", Create("m", "array", 4, 4, 2) + """{"op":"map_lookup_and_delete_batch","fd":"m","count":2}""" },
        { "batch.null_opts", Create("m", "hash", 4, 4, 2) + """{"op":"map_lookup_batch","fd":"m","count":2,"opts":null}""" },
        { "batch.elem_flags", Create("m", "hash", 1, 1, 2) + OneInBatch("elem_flags") },
        { "batch.flags", Create("m", "hash", 1, 1, 2) + OneInBatch("flags") },
        { "batch.count_zero", Create("m", "hash", 1, 1, 2) + """{"op":"map_lookup_batch","fd":"m","count":0}""" },
        { "batch.count", Create("m", "hash", 1, 1, 2) + """{"op":"map_lookup_batch","fd":"m","count":2,"elem_flags":1}""" },
        { "batch.partial", Create("m", "hash", 1, 1, 2) + """{"op":"map_delete_batch","fd":"m","keys":"0102","count":2}""" },
        { "batch.end", Create("m", "hash", 1, 1, 9) + Bytes + """{"op":"map_lookup_batch","fd":"m","count":9}""" },
        { "batch.cursor", Create("m", "hash", 8, 1, 2) + """{"op":"map_lookup_batch","fd":"m","count":2,"cursor_size":4}""" },
        { "batch.bucket", Create("m", "hash", 1, 1, 1, ",\"flags\":64") + Create("w", "hash", 1, 1, 9) + Wide },
        { "call.windows", """{"op":"gate_ioctl","message":null,"reply_size":0}""" },
        { "errno.numbers", Create("m", "hash", 4, 70_000, 2) + Key("update_elem", $",\"value\":\"{new string('0', 140_000)}\"") },
    };

    private static string MapOfMaps => Create("i", "hash", 4, 4, 2) + Create("m", "array_of_maps", 4, 4, 2, ",\"inner_fd\":\"i\"");

    private static string Trie => Create("m", "lpm_trie", 8, 1, 2, ",\"flags\":1");

    private static string Push => """{"op":"map_update_elem","fd":"m","value":"01"}""" + "\n";

    private static string New => Helper("update_elem", ",\"value\":\"00000000\",\"flags\":1");

    private static string Bytes => """{"op":"map_update_batch","fd":"m","keys":"01020304","values":"01020304","count":4}""" + "\n";

    private static string Wide =>
        """{"op":"map_update_batch","fd":"w","keys":"010203040506","values":"010203040506","count":6}""" + "\n"
        + """{"op":"map_lookup_batch","fd":"w","count":1}""" + "\n" + """{"op":"map_lookup_batch","fd":"w","count":3}""";

    [Theory]
    [MemberData(nameof(Reached))]
    public void A_script_reaches_each_rule(string rule, string script)
    {
        // The upstream library differs by a rule more than the checked one.
        string[] rules =
        [
            .. Diff(script).Concat(Diff(script, "--library", "upstream"))
                .SelectMany(d => d.GetProperty("rules").EnumerateArray())
                .Select(r => r.GetProperty("id").GetString()!),
        ];

        Assert.Contains(rule, rules);
    }

    [Fact]
    public void Every_rule_has_a_script_that_reaches_it()
    {
        Assert.Equal(AbiRuleTable.All.Select(r => r.Id).Order(), Reached.Select(r => r.Data.Item1).Order());
        Assert.All(AbiRuleTable.All, r => Assert.All([r.Topic, r.Linux.Text, r.Linux.Source, r.Windows.Text, r.Windows.Source], Assert.NotEmpty));
    }

    [Fact]
    public void A_full_hash_map_takes_a_new_key_once_another_is_deleted()
    {
        ToolRun run = ToolRun.WithInput(Full, "script", "-", "--abi", "linux");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            ["""{"ret":3}""", """{"ret":-7,"errno":"E2BIG","count":2}""", """{"ret":0}""", """{"ret":0}"""],
            run.Lines);
    }

    [Fact]
    public void A_line_that_only_sees_what_an_earlier_one_did_names_that_line()
    {
        JsonElement[] divergences = [.. Diff(Full + "\n" + """{"op":"map_lookup_elem","fd":"h","key":"03"}""" + "\n"
            + """{"op":"map_update_elem","fd":"h","key":"01","value":"a1"}""" + "\n" + """{"op":"map_lookup_elem","fd":"h","key":"01"}""")];

        JsonElement last = divergences[^1];
        Assert.Equal("map_lookup_elem", last.GetProperty("op").GetString());
        Assert.Equal(6, last.GetProperty("follows_line").GetInt32());
    }

    [Fact]
    public void A_line_that_no_rule_decided_does_not_name_a_line_on_another_map()
    {
        string script = Full + "\n" + """{"op":"map_update_elem","fd":"h","key":"01","value":"a1"}""" + "\n"
            + """{"op":"obj_pin","fd":"h","path":"/h"}""" + "\n" + """{"op":"obj_get","as":"g","path":"/h"}""" + "\n"
            + """{"op":"map_lookup_elem","fd":"g","key":"01"}""";

        Assert.False(Diff(script).Last().TryGetProperty("follows_line", out _));
        Assert.EndsWith("\n  no rule of the table decided it\n", ToolRun.WithInput(script, "script", "-", "--diff").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_script_without_divergence_prints_nothing_and_the_exit_code_is_0()
    {
        ToolRun run = ToolRun.WithInput(SameOnBoth, "script", "-", "--diff");

        Assert.Equal(0, run.ExitCode);
        Assert.Equal("", run.Output);
        Assert.Equal("kernelsim: script: 0 of 3 calls diverge\n", run.Error);
    }

    [Fact]
    public void The_same_seed_gives_the_same_order()
    {
        string script = Create("m", "hash", 1, 1, 64)
            + """{"op":"map_update_batch","fd":"m","keys":"0102030405060708","values":"0102030405060708","count":8}""" + "\n"
            + """{"op":"map_lookup_batch","fd":"m","count":8}""";
        string first = ToolRun.WithInput(script, "script", "-", "--abi", "linux", "--seed", "7").Output;

        Assert.Equal(first, ToolRun.WithInput(script, "script", "-", "--abi", "linux", "--seed", "7").Output);
        Assert.NotEqual(first, ToolRun.WithInput(script, "script", "-", "--abi", "linux", "--seed", "8").Output);
    }

    [Theory]
    [InlineData("--abi mac", "--abi: 'mac' given, expected linux or windows")]
    [InlineData("--abi linux --diff", "--abi given with --diff, expected one of them: --diff runs both")]
    [InlineData("--abi linux --library upstream", "--library given with --abi linux, expected none: the library is Linux's libbpf then")]
    [InlineData("--abi linux --server lab", "--abi linux given with --server, expected neither: the server's machine is Windows")]
    [InlineData("--diff --server lab", "--diff given with --server, expected neither: the server's machine is Windows")]
    public void Options_that_do_not_go_together_are_refused(string options, string problem)
    {
        ToolRun run = ToolRun.Of(["script", "-", .. options.Split(' ')]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(problem, run.Error, StringComparison.Ordinal);
    }

    private static IEnumerable<JsonElement> Diff(string script, params string[] options)
    {
        ToolRun run = ToolRun.WithInput(script, ["script", "-", "--diff", "-j", .. options]);
        Assert.True(run.ExitCode == 0, run.Error);
        return run.Json;
    }

    private static string Create(string name, string type, uint key, uint value, uint entries, string rest = "") =>
        $$"""{"op":"map_create","as":"{{name}}","type":"{{type}}","name":"{{name}}","key_size":{{key}},"value_size":{{value}},"""
        + $"\"max_entries\":{entries}{rest}}}" + "\n";

    private static string Key(string op, string rest = "") => $$"""{"op":"map_{{op}}","fd":"m","key":"01000000"{{rest}}}""" + "\n";

    private static string Helper(string op, string rest = "") =>
        $$"""{"op":"helper_map_{{op}}","cpu":0,"fd":"m","key":"01000000"{{rest}}}""" + "\n";

    private static string OneInBatch(string flags) =>
        $$"""{"op":"map_update_batch","fd":"m","keys":"01","values":"01","count":1,"{{flags}}":1}""";

    private static string Prefix(string first) =>
        $$"""{"op":"map_update_elem","fd":"m","key":"08000000{{first}}000000","value":"01"}""" + "\n";
}
