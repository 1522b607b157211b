using System.Text.Json;
using static KernelSim.EndToEnd.Tests.Script.LabScript;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>Every op of a lab script, and what its line answers.</summary>
public sealed class CallTests
{
    private static readonly string s_one = Counters(1, 2, 3, 4);
    private static readonly string s_two = Counters(10, 11, 12, 13);

    [Theory]
    [InlineData("1")]
    [InlineData("4")]
    [InlineData("64")]
    [InlineData("1024")]
    public void The_number_of_cpus_is_the_machines(string cpus) =>
        Answers($$"""{"ret":{{cpus}}}""", Results(["""{"op":"num_possible_cpus"}"""], "--cpus", cpus)[0]);

    [Fact]
    public void A_created_map_is_a_descriptor_with_a_name_and_info_as_bpftool_prints_it()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            CreateHash,
            """{"op":"obj_get_info_by_fd","fd":"m"}""",
            """{"op":"obj_get_info_by_fd","fd":4}""",
            """{"op":"map_create","type":"array","name":null,"key_size":4,"value_size":1,"max_entries":1}""",
            """{"op":"obj_get_info_by_fd","fd":5}""",
        ]);

        Answers("""{"ret":3}""", results[0]);
        Answers("""{"ret":4}""", results[1]);
        Answers(
            """{"ret":0,"id":2,"type":"percpu_hash","name":"stats","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":16,"pinned_paths":0}""",
            results[2]);
        Answers(
            """{"ret":0,"id":3,"type":"hash","name":"plain","flags":0,"bytes_key":4,"bytes_value":4,"max_entries":16,"pinned_paths":0}""",
            results[3]);
        Answers("""{"ret":0,"id":4,"type":"array","flags":0,"bytes_key":4,"bytes_value":1,"max_entries":1,"pinned_paths":0}""", results[5]);
    }

    [Fact]
    public void Batch_lookups_pass_their_flags_and_the_check_that_refuses_them_is_named()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateHash,
            """{"op":"map_lookup_batch","fd":3,"count":1,"elem_flags":1}""",
            """{"op":"map_lookup_batch","fd":3,"count":1,"flags":2}""",
            """{"op":"map_lookup_and_delete_batch","fd":3,"count":1,"elem_flags":1}""",
            """{"op":"map_lookup_and_delete_batch","fd":3,"count":1,"flags":2}""",
            """{"op":"map_lookup_batch","fd":3,"count":1,"elem_flags":0,"flags":0}""",
        ]);

        Assert.Equal(("api.batch.elem_flags", 1), Refused(results[1]));
        Assert.Equal(("api.batch.flags", 2), Refused(results[2]));
        Answers("""{"ret":-2,"errno":"ENOENT","count":0}""", results[3]);
        Assert.Equal(("api.batch.flags", 2), Refused(results[4]));
        Answers("""{"ret":-2,"errno":"ENOENT","count":0}""", results[5]);

        static (string?, int) Refused(JsonElement result) => (result.GetProperty("check").GetString(), result.GetProperty("given").GetInt32());
    }

    [Fact]
    public void A_maps_info_counts_its_pins()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateHash,
            """{"op":"obj_pin","fd":3,"path":"/a"}""",
            """{"op":"obj_pin","fd":3,"path":"/b"}""",
            """{"op":"obj_get_info_by_fd","fd":3}""",
        ]);
        Assert.Equal(2, results[3].GetProperty("pinned_paths").GetInt32());
    }

    [Fact]
    public void A_status_that_a_check_was_given_is_shown_by_name()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"object_load","as":"o","file":"droppacket.sys"}""",
            """{"op":"xdp_attach","ifindex":1,"fd":"o.DropPacket","flags":0}""",
            """{"op":"xdp_attach","ifindex":1,"fd":"o.DropPacket","flags":0}""",
        ]);
        Assert.Equal("link.hook.answer", results[2].GetProperty("check").GetString());
        Assert.Equal("STATUS_ACCESS_DENIED", results[2].GetProperty("given").GetString());
        Assert.Equal("STATUS_SUCCESS", results[2].GetProperty("expected").GetString());
    }

    [Theory]
    [InlineData("\"custom_40000\"")]
    [InlineData("40000")]
    public void A_type_of_an_extensions_own_is_named_or_numbered(string type)
    {
        IReadOnlyList<JsonElement> results = Results(
            [$$"""{"op":"map_create","type":{{type}},"name":"own","key_size":4,"value_size":4,"max_entries":1}"""]);
        Answers("""{"ret":-22,"errno":"EINVAL","check":"map.custom.provider","given":40000,"expected":0}""", results[0]);
    }

    [Fact]
    public void A_lines_own_id_comes_back_first_and_displaces_the_maps()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"num_possible_cpus","id":1}""",
            """{"id":"two","op":"num_possible_cpus"}""",
            """{"id":{"n":[3, null]},"op":"close","fd":77}""",
            """{"op":"map_create","as":"m","type":"array","name":"a","key_size":4,"value_size":8,"max_entries":1,"id":4.50}""",
            """{"op":"obj_get_info_by_fd","fd":"m","id":null}""",
        ]);

        Answers("""{"id":1,"ret":4}""", results[0]);
        Answers("""{"id":"two","ret":4}""", results[1]);
        Answers("""{"id":{"n":[3, null]},"ret":-9,"errno":"EBADF","check":"api.descriptor"}""", results[2]);
        Answers("""{"id":4.50,"ret":3}""", results[3]);
        Answers(
            """{"id":null,"ret":0,"map_id":2,"type":"array","name":"a","flags":0,"bytes_key":4,"bytes_value":8,"max_entries":1,"pinned_paths":0}""",
            results[4]);
    }

    [Fact]
    public void Fields_may_come_in_any_order()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            $$"""{"value":"{{s_one}}","key":"{{Key(1)}}","fd":"m","op":"map_update_elem"}""",
            $$"""{"key":"{{Key(1)}}","op":"map_lookup_elem","fd":3}""",
        ]);

        Answers($$"""{"ret":0,"value":"{{s_one}}"}""", results[2]);
    }

    [Fact]
    public void Single_elements_are_written_read_taken_and_deleted()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{s_one}}","flags":1}""",
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{s_one}}","flags":1}""",
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(2)}}","value":"{{s_two}}","flags":2}""",
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{s_two}}"}""",
            $$"""{"op":"map_lookup_elem","fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"map_lookup_and_delete_elem","fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"map_lookup_and_delete_elem","fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"map_delete_elem","fd":"m","key":"{{Key(1)}}"}""",
        ]);

        Answers("""{"ret":0}""", results[1]);
        Answers("""{"ret":-17,"errno":"EEXIST"}""", results[2]);
        Answers("""{"ret":-2,"errno":"ENOENT"}""", results[3]);
        Answers("""{"ret":0}""", results[4]);
        Answers($$"""{"ret":0,"value":"{{s_two}}"}""", results[5]);
        Answers($$"""{"ret":0,"value":"{{s_two}}"}""", results[6]);
        Answers("""{"ret":-2,"errno":"ENOENT"}""", results[7]);
        Answers("""{"ret":-2,"errno":"ENOENT"}""", results[8]);
    }

    [Fact]
    public void Keys_are_walked_from_null_to_the_end()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","as":"a","type":"array","name":"a","key_size":4,"value_size":8,"max_entries":2}""",
            """{"op":"map_get_next_key","fd":"a","key":null}""",
            """{"op":"map_get_next_key","fd":"a"}""",
            $$"""{"op":"map_get_next_key","fd":"a","key":"{{Key(0)}}"}""",
            $$"""{"op":"map_get_next_key","fd":"a","key":"{{Key(1)}}"}""",
        ]);

        Answers($$"""{"ret":0,"next_key":"{{Key(0)}}"}""", results[1]);
        Answers($$"""{"ret":0,"next_key":"{{Key(0)}}"}""", results[2]);
        Answers($$"""{"ret":0,"next_key":"{{Key(1)}}"}""", results[3]);
        Answers("""{"ret":-2,"errno":"ENOENT"}""", results[4]);
    }

    [Fact]
    public void A_batch_is_written_read_with_a_cursor_and_deleted()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","as":"a","type":"percpu_array","name":"a","key_size":4,"value_size":8,"max_entries":3}""",
            $$"""{"op":"map_update_batch","fd":"a","keys":"{{Key(0)}}{{Key(2)}}","values":"{{s_one}}{{s_two}}","count":2}""",
            """{"op":"map_lookup_batch","fd":"a","count":2}""",
            """{"op":"map_lookup_batch","fd":"a","count":2,"cursor":"next"}""",
            """{"op":"map_lookup_batch","fd":"a","count":2,"cursor":"next"}""",
            """{"op":"map_lookup_batch","fd":"a","count":1,"cursor":"start"}""",
            $$"""{"op":"map_delete_batch","fd":"a","keys":"{{Key(0)}}","count":1}""",
            """{"op":"map_lookup_and_delete_batch","fd":"a","count":3}""",
        ]);

        string zeros = Counters(0, 0, 0, 0);
        Answers("""{"ret":0,"count":2}""", results[1]);
        Answers($$"""{"ret":0,"count":2,"keys":"{{Key(0)}}{{Key(1)}}","values":"{{s_one}}{{zeros}}"}""", results[2]);
        Answers($$"""{"ret":0,"count":1,"keys":"{{Key(2)}}","values":"{{s_two}}"}""", results[3]);
        Answers("""{"ret":-2,"errno":"ENOENT","count":0}""", results[4]);
        Answers($$"""{"ret":0,"count":1,"keys":"{{Key(0)}}","values":"{{s_one}}"}""", results[5]);
        Answers("""{"ret":0,"count":1}""", results[6]);
        Answers($$"""{"ret":0,"count":3,"keys":"{{Key(0)}}{{Key(1)}}{{Key(2)}}","values":"{{zeros}}{{zeros}}{{s_two}}"}""", results[7]);
    }

    [Fact]
    public void Each_descriptor_has_a_cursor_of_its_own()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","as":"a","type":"array","name":"a","key_size":4,"value_size":1,"max_entries":3}""",
            """{"op":"map_create","as":"b","type":"array","name":"b","key_size":4,"value_size":1,"max_entries":3}""",
            """{"op":"map_lookup_batch","fd":"a","count":2}""",
            """{"op":"map_lookup_batch","fd":"b","count":1,"cursor":"next"}""",
            """{"op":"map_lookup_batch","fd":"a","count":1,"cursor":"next"}""",
            """{"op":"map_lookup_batch","fd":"b","count":1,"cursor":"next"}""",
        ]);

        Assert.Equal(
            [Key(0) + Key(1), Key(0), Key(2), Key(1)], results.Skip(2).Select(r => r.GetProperty("keys").GetString()));
    }

    [Fact]
    public void Element_flags_choose_what_a_batch_update_may_do()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateHash,
            $$"""{"op":"map_update_batch","fd":"h","keys":"{{Key(1)}}","values":"aaaaaaaa","count":1,"elem_flags":2}""",
            $$"""{"op":"map_update_batch","fd":"h","keys":"{{Key(1)}}","values":"aaaaaaaa","count":1,"elem_flags":1}""",
            $$"""{"op":"map_update_batch","fd":"h","keys":"{{Key(1)}}","values":"bbbbbbbb","count":1,"flags":256}""",
        ]);

        Assert.Equal(["-2", "0", "-22"], results.Skip(1).Select(r => r.GetProperty("ret").GetRawText()));
        Assert.Equal("api.batch.flags", results[3].GetProperty("check").GetString());
    }

    [Fact]
    public void A_batch_stops_at_the_first_element_that_fails_and_the_checked_library_counts_those_before_it()
    {
        string[] lines =
        [
            CreateHash,
            $$"""{"op":"map_update_batch","fd":"h","keys":"{{Key(1)}}{{Key(2)}}"""
                + $$"""{{Key(1)}}{{Key(3)}}","values":"{{Counters(0, 0)}}","count":4,"elem_flags":1}""",
            $$"""{"op":"map_delete_batch","fd":"h","keys":"{{Key(1)}}{{Key(9)}}{{Key(2)}}","count":3}""",
            $$"""{"op":"map_lookup_elem","fd":"h","key":"{{Key(2)}}"}""",
        ];

        IReadOnlyList<JsonElement> results = Results(lines);

        Answers("""{"ret":-17,"errno":"EEXIST","count":2}""", results[1]);
        Answers("""{"ret":-2,"errno":"ENOENT","count":1}""", results[2]);
        Answers("""{"ret":0,"value":"00000000"}""", results[3]);
        Assert.Equal([4, 3], Results(lines, "--library", "upstream").Skip(1).Take(2).Select(r => r.GetProperty("count").GetInt32()));
    }

    [Fact]
    public void A_helper_sees_and_writes_the_slot_of_its_processor_only()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            $$"""{"op":"helper_map_lookup_elem","cpu":0,"fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"helper_map_update_elem","cpu":2,"fd":"m","key":"{{Key(1)}}","value":"{{Counters(7)}}"}""",
            $$"""{"op":"helper_map_update_elem","cpu":3,"fd":"m","key":"{{Key(1)}}","value":"{{Counters(9)}}","flags":1}""",
            $$"""{"op":"helper_map_lookup_elem","cpu":2,"fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"helper_map_lookup_elem","cpu":0,"fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"map_lookup_elem","fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"helper_map_delete_elem","cpu":1,"fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"helper_map_delete_elem","cpu":1,"fd":"m","key":"{{Key(1)}}"}""",
            $$"""{"op":"helper_map_delete_elem","cpu":1,"fd":99,"key":"{{Key(1)}}"}""",
        ]);

        Answers("""{"ret":-2,"errno":"ENOENT","result":"EBPF_OBJECT_NOT_FOUND"}""", results[1]);
        Answers("""{"ret":0}""", results[2]);
        Answers("""{"ret":0}""", results[3]);
        Answers($$"""{"ret":0,"value":"{{Counters(7)}}"}""", results[4]);
        Answers($$"""{"ret":0,"value":"{{Counters(0)}}"}""", results[5]);
        Answers($$"""{"ret":0,"value":"{{Counters(0, 0, 7, 9)}}"}""", results[6]);
        Answers("""{"ret":0}""", results[7]);
        Answers("""{"ret":-2,"errno":"ENOENT","result":"EBPF_KEY_NOT_FOUND"}""", results[8]);
        Answers("""{"ret":-9,"errno":"EBADF","check":"api.descriptor"}""", results[9]);
    }

    [Fact]
    public void A_helpers_slot_has_no_padding()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            """{"op":"map_create","as":"m","type":"percpu_array","name":"odd","key_size":4,"value_size":3,"max_entries":1}""",
            $$"""{"op":"helper_map_update_elem","cpu":1,"fd":"m","key":"{{Key(0)}}","value":"aabbcc"}""",
            $$"""{"op":"helper_map_lookup_elem","cpu":1,"fd":"m","key":"{{Key(0)}}"}""",
            $$"""{"op":"map_lookup_elem","fd":"m","key":"{{Key(0)}}"}""",
        ], "--cpus", "2");

        Answers("""{"ret":0,"value":"aabbcc"}""", results[2]);
        Answers("""{"ret":0,"value":"0000000000000000aabbcc0000000000"}""", results[3]);
    }

    [Fact]
    public void A_program_that_the_verifier_would_refuse_does_not_run()
    {
        ToolRun run = Run(
        [
            CreateStats,
            """{"op":"helper_map_update_elem","cpu":0,"fd":"m","key":"01","value":"0000000000000000"}""",
            $$"""{"op":"helper_map_update_elem","cpu":0,"fd":"m","key":"{{Key(1)}}","value":"00"}""",
        ]);

        Answers("""{"ret":-22,"errno":"EINVAL","given":1,"expected":4}""", run.Json[1]);
        Answers("""{"ret":-22,"errno":"EINVAL","given":1,"expected":8}""", run.Json[2]);
        Assert.Contains(
            "line 2: note: the verifier would refuse such a program: key of 1 bytes given, expected 4", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_outlives_its_descriptor_when_it_is_pinned()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            """{"op":"obj_get","path":"/ebpf/global/stats"}""",
            """{"op":"obj_pin","fd":"m","path":"/ebpf/global/stats"}""",
            $$"""{"op":"map_update_elem","fd":"m","key":"{{Key(1)}}","value":"{{s_one}}"}""",
            """{"op":"close","fd":"m"}""",
            """{"op":"close","fd":"m"}""",
            """{"op":"obj_get","as":"again","path":"/ebpf/global/stats"}""",
            $$"""{"op":"map_lookup_elem","fd":"again","key":"{{Key(1)}}"}""",
        ]);

        Answers("""{"ret":-2,"errno":"ENOENT"}""", results[1]);
        Answers("""{"ret":0}""", results[2]);
        Answers("""{"ret":0}""", results[4]);
        Answers("""{"ret":-9,"errno":"EBADF","check":"api.descriptor"}""", results[5]);
        Answers("""{"ret":3}""", results[6]);
        Answers($$"""{"ret":0,"value":"{{s_one}}"}""", results[7]);
    }

    [Fact]
    public void A_raw_message_goes_through_the_same_device()
    {
        IReadOnlyList<JsonElement> results = Results(
        [
            CreateStats,
            """{"op":"gate_ioctl","message":"0c0000001700000000000000","reply_size":12}""",
            """{"op":"gate_ioctl","message":"0c0000001700000002000000","reply_size":12}""",
            """{"op":"gate_ioctl","message":"0c0000001700000000000000","reply_size":8}""",
            """{"op":"gate_ioctl","message":"0c0000001700000000","reply_size":12}""",
            """{"op":"gate_ioctl","message":"","reply_size":0}""",
            """{"op":"gate_ioctl","message":"080000002c000000","reply_size":0}""",
            """{"op":"gate_ioctl","message":"08000000ff000000","reply_size":0}""",
        ]);

        Answers("""{"ret":0,"status":"STATUS_SUCCESS","reply":"0c0000001700000002000000"}""", results[1]);
        Answers("""{"ret":-2,"errno":"ENOENT","status":"STATUS_NO_MORE_MATCHES","reply":""}""", results[2]);
        Answers(
            """{"ret":-131,"errno":"EOTHER","check":"driver.output.length","given":8,"expected":12,"status":"STATUS_BUFFER_TOO_SMALL","reply":""}""",
            results[3]);
        Answers(
            """{"ret":-22,"errno":"EINVAL","check":"core.request.length","given":9,"expected":12,"status":"STATUS_INVALID_PARAMETER","reply":""}""",
            results[4]);
        Answers(
            """{"ret":-22,"errno":"EINVAL","check":"driver.input.length","given":0,"expected":1,"status":"STATUS_INVALID_PARAMETER","reply":""}""",
            results[5]);
        Answers("""{"ret":0,"status":"STATUS_SUCCESS","reply":""}""", results[6]);
        Assert.Equal("STATUS_NOT_SUPPORTED", results[7].GetProperty("status").GetString());
    }
}
