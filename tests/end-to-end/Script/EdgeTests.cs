using System.Text.Json;
using static KernelSim.EndToEnd.Tests.Script.LabScript;

namespace KernelSim.EndToEnd.Tests.Script;

public sealed class EdgeTests
{
    [Theory]
    [InlineData("4294967295", "17179869180 bytes for keys")]
    [InlineData("16777216", "536870912 bytes for values")]
    public void A_count_that_no_memory_holds_fails_as_malloc_would(string count, string what)
    {
        ToolRun run = Run([CreateStats, $$"""{"op":"map_lookup_batch","fd":"m","count":{{count}}}"""]);

        Answers("""{"ret":-12,"errno":"ENOMEM"}""", run.Json[1]);
        Assert.Contains($"line 2: note: the program cannot allocate {what}", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"op":"map_get_next_key","fd":"m","key":null}""", "ENOMEM")]
    [InlineData("""{"op":"map_get_next_key","fd":"m","key":"01"}""", "ENOMEM")]
    [InlineData("""{"op":"map_lookup_elem","fd":"m","key":"01"}""", "EOTHER")]
    [InlineData("""{"op":"map_lookup_and_delete_elem","fd":"m","key":"01"}""", "EOTHER")]
    [InlineData("""{"op":"map_update_elem","fd":"m","key":"01","value":"01020304"}""", "EOTHER")]
    [InlineData("""{"op":"map_delete_elem","fd":"m","key":"01"}""", "EOTHER")]
    [InlineData("""{"op":"map_lookup_batch","fd":"m","count":0}""", "ENOMEM")]
    [InlineData("""{"op":"map_lookup_batch","fd":"m","count":1}""", "ENOMEM")]
    [InlineData("""{"op":"map_lookup_and_delete_batch","fd":"m","count":0}""", "ENOMEM")]
    [InlineData("""{"op":"map_update_batch","fd":"m","keys":"01","values":"01020304","count":1}""", "EINVAL")]
    [InlineData("""{"op":"map_delete_batch","fd":"m","keys":"01","count":1}""", "EINVAL")]
    [InlineData("""{"op":"helper_map_lookup_elem","cpu":0,"fd":"m","key":"01"}""", "EINVAL")]
    [InlineData("""{"op":"helper_map_lookup_and_delete_elem","cpu":0,"fd":"m","key":"01"}""", "EINVAL")]
    [InlineData("""{"op":"helper_map_update_elem","cpu":0,"fd":"m","key":"01","value":"01020304"}""", "EINVAL")]
    [InlineData("""{"op":"helper_map_delete_elem","cpu":0,"fd":"m","key":"01"}""", "EINVAL")]
    public void A_key_that_no_memory_holds_is_refused_by_every_call(string line, string errno)
    {
        ToolRun run = Run(
        [
            """{"op":"map_create","type":"hash","name":"m","key_size":2147483647,"value_size":4,"max_entries":8,"as":"m"}""",
            line,
            """{"op":"num_possible_cpus"}""",
        ]);

        Assert.Equal(errno, run.Json[1].GetProperty("errno").GetString());
        Assert.Equal(errno == "ENOMEM", run.Error.Contains("line 2: note: the program cannot allocate ", StringComparison.Ordinal));
        Answers("""{"ret":4}""", run.Json[2]);
    }

    [Theory]
    [InlineData("queue", 0, 4294967295, """{"op":"helper_map_peek_elem","cpu":0,"fd":"m"}""")]
    [InlineData("stack", 0, 2147483647, """{"op":"helper_map_pop_elem","cpu":0,"fd":"m"}""")]
    [InlineData("array", 4, 67108865, """{"op":"helper_map_lookup_elem","cpu":0,"fd":"m","key":"00000000"}""")]
    [InlineData("array", 4, 67108865, """{"op":"map_lookup_elem","fd":"m","key":"00000000"}""")]
    [InlineData("hash", 4, 67108865, """{"op":"helper_map_lookup_and_delete_elem","cpu":0,"fd":"m","key":"00000000"}""")]
    public void A_value_that_no_memory_holds_is_not_read(string type, int key, long value, string line)
    {
        ToolRun run = Run(
            [$$"""{"op":"map_create","type":"{{type}}","name":"m","key_size":{{key}},"value_size":{{value}},"max_entries":1,"as":"m"}""", line]);

        Answers("""{"ret":-12,"errno":"ENOMEM"}""", run.Json[1]);
        Assert.Contains($"line 2: note: the program cannot allocate {value} bytes for value, at most 67108864", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reply_buffer_that_no_memory_holds_fails_as_malloc_would()
    {
        ToolRun run = Run(["""{"op":"gate_ioctl","message":"0c0000001700000000000000","reply_size":4294967295}"""]);

        Answers("""{"ret":-12,"errno":"ENOMEM"}""", run.Json[0]);
    }

    [Fact]
    public void A_count_larger_than_the_map_gives_what_there_is()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateHash,
            $$"""{"op":"map_update_elem","fd":"h","key":"{{Key(1)}}","value":"aabbccdd"}""",
            """{"op":"map_lookup_batch","fd":"h","count":1000000}""",
        ]);

        Answers($$"""{"ret":0,"count":1,"keys":"{{Key(1)}}","values":"aabbccdd"}""", results[2]);
    }

    [Theory]
    [InlineData("checked")]
    [InlineData("upstream")]
    [InlineData("before-3564")]
    public void A_count_of_zero_is_refused_before_the_descriptor_is_looked_at(string library)
    {
        IReadOnlyList<JsonElement> results = Results(["""{"op":"map_lookup_batch","fd":-1,"count":0}"""], "--library", library);

        Answers("""{"ret":-22,"errno":"EINVAL","check":"api.batch.count","given":0,"expected":1,"count":0}""", results[0]);
    }

    [Fact]
    public void With_a_bad_descriptor_the_program_allocates_what_it_can_guess()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_lookup_elem","fd":99,"key":"00"}""",
            """{"op":"map_lookup_batch","fd":99,"count":5}""",
            """{"op":"map_lookup_batch","fd":99,"count":5,"values_size":1}""",
            """{"op":"map_get_next_key","fd":99,"key":"0011223344556677889900"}""",
            """{"op":"map_update_batch","fd":99,"keys":"","values":"","count":1}""",
            """{"op":"map_delete_batch","fd":99,"keys":"","count":1}""",
        ], "--library", "upstream");

        Assert.All(results, r => Assert.Equal("EBADF", r.GetProperty("errno").GetString()));
    }

    [Fact]
    public void Null_and_no_bytes_are_different_pointers()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateHash,
            """{"op":"map_update_elem","fd":"h","key":null,"value":"aabbccdd"}""",
            """{"op":"map_update_elem","fd":"h","key":"","value":"aabbccdd"}""",
            $$"""{"op":"map_update_elem","fd":"h","key":"{{Key(1)}}","value":null}""",
            $$"""{"op":"map_update_elem","fd":"h","key":"{{Key(1)}}","value":""}""",
        ]);

        Assert.Equal(
            ["api.key_presence", "api.update.key_size", "api.update.value_size", "api.update.value_size"],
            results.Skip(1).Select(r => r.GetProperty("check").GetString()));
    }

    [Fact]
    public void A_value_longer_than_needed_is_a_bigger_buffer()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateHash,
            $$"""{"op":"map_update_elem","fd":"h","key":"{{Key(1)}}ffff","value":"aabbccddeeff"}""",
            $$"""{"op":"map_lookup_elem","fd":"h","key":"{{Key(1)}}"}""",
            """{"op":"map_lookup_batch","fd":"h","count":1,"values_size":4096}""",
        ]);

        Answers("""{"ret":0}""", results[1]);
        Answers("""{"ret":0,"value":"aabbccdd"}""", results[2]);
        Answers($$"""{"ret":0,"count":1,"keys":"{{Key(1)}}","values":"aabbccdd"}""", results[3]);
    }

    [Fact]
    public void A_count_may_exceed_what_the_keys_hold_and_that_is_the_programs_mistake()
    {
        string[] lines = [CreateHash, $$"""{"op":"map_delete_batch","fd":"h","keys":"{{Key(1)}}","count":2}"""];

        Answers(
            """{"ret":-22,"errno":"EINVAL","check":"api.delete_batch.keys_size","given":4,"expected":8,"count":0}""", Results(lines)[1]);
        JsonElement fault = Results(lines, "--library", "upstream")[1].GetProperty("fault");
        Assert.Equal("read", fault.GetProperty("access").GetString());
        Assert.Equal("library:delete_batch.keys", fault.GetProperty("site").GetString());
    }

    [Fact]
    public void The_name_of_a_map_that_could_not_be_created_stands_for_the_error()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","as":"m","type":"hash","name":"m","key_size":4,"value_size":8,"max_entries":0}""",
            $$"""{"op":"map_lookup_elem","fd":"m","key":"{{Key(1)}}"}""",
        ]);

        Assert.Equal("EINVAL", results[0].GetProperty("errno").GetString());
        Answers("""{"ret":-9,"errno":"EBADF","check":"api.descriptor"}""", results[1]);
    }

    [Fact]
    public void A_name_can_be_given_anew()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            """{"op":"map_create","as":"m","type":"array","name":"second","key_size":4,"value_size":8,"max_entries":1}""",
            """{"op":"obj_get_info_by_fd","fd":"m"}""",
            """{"op":"obj_get_info_by_fd","fd":3}""",
        ]);

        Assert.Equal("second", results[2].GetProperty("name").GetString());
        Assert.Equal("stats", results[3].GetProperty("name").GetString());
    }

    [Fact]
    public void A_type_that_cannot_be_created_answers_not_supported()
    {
        IReadOnlyList<JsonElement> results = Results(
            ["""{"op":"map_create","type":"unspec","name":"m","key_size":4,"value_size":8,"max_entries":8}"""]);

        Assert.Equal(-129, results[0].GetProperty("ret").GetInt32());
        Assert.Equal("ENOTSUP", results[0].GetProperty("errno").GetString());
    }

    [Theory]
    [InlineData("""{"op":"helper_map_push_elem","cpu":0,"fd":"m","value":"0102030405060708"}""", "EINVAL", "EBPF_INVALID_ARGUMENT")]
    [InlineData("""{"op":"helper_map_pop_elem","cpu":0,"fd":"m"}""", "EINVAL", "EBPF_INVALID_ARGUMENT")]
    [InlineData("""{"op":"helper_map_peek_elem","cpu":0,"fd":"m"}""", "EINVAL", "EBPF_INVALID_ARGUMENT")]
    [InlineData("""{"op":"helper_map_pop_elem","cpu":0,"fd":99}""", "EBADF", null)]
    public void A_helper_that_does_not_suit_its_map_fails(string line, string errno, string? answer)
    {
        JsonElement result = Results(
            ["""{"op":"map_create","as":"m","type":"hash","name":"m","key_size":4,"value_size":8,"max_entries":8}""", line])[1];

        Assert.Equal(errno, result.GetProperty("errno").GetString());
        Assert.Equal(answer, result.TryGetProperty("result", out JsonElement named) ? named.GetString() : null);
    }

    [Fact]
    public void A_missing_key_is_a_null_pointer()
    {
        IReadOnlyList<JsonElement> results = Results(
            [
                """{"op":"map_create","as":"m","type":"hash","name":"m","key_size":4,"value_size":8,"max_entries":8}""",
                """{"op":"map_lookup_elem","fd":"m"}""",
                """{"op":"map_update_elem","fd":"m","value":"0102030405060708"}""",
            ]);

        Assert.All(results.Skip(1), r => Assert.Equal("api.key_presence", r.GetProperty("check").GetString()));
    }

    [Fact]
    public void Pretty_indents_each_result()
    {
        ToolRun run = Run(["""{"op":"num_possible_cpus"}""", """{"op":"close","fd":9,"id":[1]}"""], "-p");

        Assert.Equal(
            "{\n  \"ret\": 4\n}\n{\n  \"id\": [1],\n  \"ret\": -9,\n  \"errno\": \"EBADF\",\n  \"check\": \"api.descriptor\"\n}\n", run.Output);
    }

    [Fact]
    public void The_same_seed_gives_the_same_output_and_another_seed_another_order()
    {
        string keys = string.Concat(Enumerable.Range(0, 64).Select(i => Key((uint)i)));
        string[] lines =
        [
            CreateHash,
            $$"""{"op":"map_update_batch","fd":"h","keys":"{{keys}}","values":"{{new string('a', 512)}}","count":64}""",
            """{"op":"map_lookup_batch","fd":"h","count":64}""",
            """{"op":"gate_ioctl","message":"0c0000001400000002000000","reply_size":16}""",
        ];

        ToolRun first = Run(lines, "--seed", "7");

        Assert.Equal(first, Run(lines, "--seed", "7"));
        Assert.NotEqual(first.Output, Run(lines, "--seed", "8").Output);
    }

    [Fact]
    public void On_a_terminal_each_refusal_is_told_in_the_librarys_words()
    {
        string lines = CreateStats + "\n" + """{"op":"map_lookup_batch","fd":"m","count":2,"values_size":16}""" + "\n";

        ToolRun run = ToolRun.WithInput(lines, ["script", "-"], console => console with { ErrorIsTerminal = true });

        Assert.Equal(
            "kernelsim: script: line 2: map 'stats': values 16 bytes given, expected 2 x 32 = 64 (pad8(8) x 4 CPUs = 32) "
            + "[KS1212 api.lookup_batch.values_size] -> EINVAL\n",
            run.Error);
        Assert.Empty(ToolRun.WithInput(lines, ["script", "-", "-j"], console => console with { ErrorIsTerminal = true }).Error);
        Assert.Empty(ToolRun.WithInput(lines, "script", "-").Error);
    }

    [Fact]
    public void A_result_is_out_before_the_next_line_is_read()
    {
        using MemoryStream wire = new();
        using StreamWriter output = new(wire) { NewLine = "\n" };
        using AskingReader input = new(wire, """{"op":"num_possible_cpus"}""", """{"op":"close","fd":9}""");

        int exitCode = KernelSim.Tool.CommandLine.KernelSimTool.Run(
            ["script", "-"], new KernelSim.Tool.CommandLine.ToolConsole(input, output, TextWriter.Null));

        Assert.Equal(0, exitCode);
        Assert.Equal([0, "{\"ret\":4}\n".Length], input.SeenBefore.Take(2));
        Assert.Equal(wire.Length, input.SeenBefore[2]);
    }

    /// <summary>Gives lines and notes how much had reached the other end of the pipe when each was asked for.</summary>
    private sealed class AskingReader(Stream wire, params string[] lines) : TextReader
    {
        private int _next;

        public List<long> SeenBefore { get; } = [];

        public override string? ReadLine()
        {
            SeenBefore.Add(wire.Length);
            return _next < lines.Length ? lines[_next++] : null;
        }
    }

    [Fact]
    public void A_number_of_64_bits_is_told_without_a_sign()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","type":"array","name":"a","key_size":4,"value_size":4294967295,"max_entries":4294967295}""",
            """{"op":"map_create","type":"queue","name":"q","key_size":0,"value_size":4294967295,"max_entries":4294967295}""",
            CreateHash,
            """{"op":"map_update_batch","fd":"h","keys":"","values":"","count":1,"flags":18446744073709551615}""",
            """{"op":"map_update_batch","fd":"h","keys":"","values":"","count":1,"elem_flags":9223372036854775808}""",
            """{"op":"map_update_elem","fd":"h","key":"","value":"","flags":18446744073709551615}""",
            """{"op":"map_lookup_batch","fd":"h","count":1,"elem_flags":9223372036854775809}""",
        ]);

        Assert.Equal(
            [
                ("map.create.array_size", 18446744065119617025),
                ("map.create.queue_size", 18446744065119617025),
                ("api.batch.flags", 18446744073709551615),
                ("api.update_flags", 9223372036854775808),
                ("api.update_flags", 18446744073709551615),
                ("api.batch.elem_flags", 9223372036854775809),
            ],
            results.Where(r => r.TryGetProperty("given", out _))
                .Select(r => (r.GetProperty("check").GetString()!, r.GetProperty("given").GetUInt64())));
    }
}
