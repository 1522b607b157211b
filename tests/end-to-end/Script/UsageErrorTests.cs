using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Script;

public sealed class UsageErrorTests
{
    public static TheoryData<string, string> BadLines => new()
    {
        { "hello", "'hello' given, expected one JSON object" },
        { "[1]", "[1] given, expected a JSON object" },
        { "42", "42 given, expected a JSON object" },
        { """{"op":"close","fd":3""", "expected one JSON object" },
        { """{"op":"close","fd":3} trailing""", "expected one JSON object" },
        { """{"op":"close","fd":3,}""", "expected one JSON object" },
        { "{}", "field 'op' missing" },
        { """{"op":5}""", "field 'op': 5 given, expected the name of a call" },
        { """{"op":"map_destroy"}""", "op 'map_destroy' given, expected one of num_possible_cpus, map_create, " },
        { """{"op":"Close","fd":3}""", "op 'Close' given" },
        { """{"op":"num_possible_cpus","cpu":1}""", "num_possible_cpus: field 'cpu' given, expected op, id?" },
        { """{"op":"close","fd":3,"as":"x"}""", "close: field 'as' given, expected op, id?, fd" },
        { """{"op":"close"}""", "close: field 'fd' missing" },
        { """{"op":"close","fd":3,"fd":4}""", "close: field 'fd' given twice, expected once" },
        { """{"op":"close","fd":"nobody"}""", "close: field 'fd': \"nobody\" given, expected a number (no line has named a descriptor yet)" },
        { """{"op":"close","fd":null}""", "close: field 'fd': null given" },
        { """{"op":"close","fd":3.5}""", "close: field 'fd': 3.5 given" },
        { """{"op":"close","fd":4294967296}""", "close: field 'fd': 4294967296 given" },
        { """{"op":"map_delete_elem","fd":3,"key":"0"}""", "map_delete_elem: field 'key': 1 hex digits given, expected an even number" },
        { """{"op":"map_delete_elem","fd":3,"key":"0g"}""", "map_delete_elem: field 'key': 'g' given as digit 2, expected lower-case hex" },
        { """{"op":"map_delete_elem","fd":3,"key":"AB"}""", "map_delete_elem: field 'key': 'A' given as digit 1, expected lower-case hex" },
        { """{"op":"map_delete_elem","fd":3,"key":"00 01"}""", "map_delete_elem: field 'key': ' ' given as digit 3" },
        { """{"op":"map_delete_elem","fd":3,"key":"0x01"}""", "map_delete_elem: field 'key': 'x' given as digit 2" },
        { """{"op":"map_delete_elem","fd":3,"key":1}""", "map_delete_elem: field 'key': 1 given, expected bytes in hex" },
        { """{"op":"map_delete_elem","fd":3,"key":["01"]}""", "map_delete_elem: field 'key': [\"01\"] given, expected bytes in hex" },
        { """{"op":"map_update_elem","fd":3,"key":"01"}""", "map_update_elem: 0 of the fields value, value_fd given, expected exactly one" },
        {
            """{"op":"map_update_elem","fd":3,"key":"01","value":"02","value_fd":3}""",
            "map_update_elem: 2 of the fields value, value_fd given, expected exactly one"
        },
        {
            """{"op":"map_update_elem","fd":3,"key":"01","value":"02","flags":"any"}""",
            "field 'flags': \"any\" given, expected a number from 0 to 18446744073709551615"
        },
        { """{"op":"map_update_elem","fd":3,"key":"01","value":"02","flags":-1}""", "field 'flags': -1 given, expected a number from 0" },
        { """{"op":"map_lookup_batch","fd":3}""", "map_lookup_batch: field 'count' missing, expected a number from 0 to 4294967295" },
        { """{"op":"map_lookup_batch","fd":3,"count":4294967296}""", "field 'count': 4294967296 given, expected a number from 0 to 4294967295" },
        { """{"op":"map_lookup_batch","fd":3,"count":"0x10"}""", "field 'count': \"0x10\" given" },
        { """{"op":"map_lookup_batch","fd":3,"count":1,"cursor":"end"}""", "field 'cursor': \"end\" given, expected \"start\" or \"next\"" },
        { """{"op":"map_update_batch","fd":3,"keys":"01","values":"01"}""", "map_update_batch: field 'count' missing" },
        {
            """{"op":"map_create","type":"percpu","name":"m","key_size":4,"value_size":8,"max_entries":1}""",
            "field 'type': \"percpu\" given, expected one of unspec, hash, "
        },
        {
            """{"op":"map_create","type":4,"name":"m","key_size":4,"value_size":8,"max_entries":1}""",
            "field 'type': 4 given, expected one of unspec, hash, "
        },
        { """{"op":"map_create","type":"hash","key_size":4,"value_size":8,"max_entries":1}""", "map_create: field 'name' missing" },
        {
            """{"op":"map_create","as":"","type":"hash","name":"m","key_size":4,"value_size":8,"max_entries":1}""",
            "field 'as': \"\" given, expected a name"
        },
        { """{"op":"helper_map_lookup_elem","cpu":4,"fd":3,"key":"00"}""", "field 'cpu': 4 given, expected a processor of this machine, 0 to 3" },
        { """{"op":"gate_ioctl","message":"00"}""", "gate_ioctl: field 'reply_size' missing" },
        { """{"op":"\ud800"}""", "half of a surrogate pair given" },
    };

    [Theory]
    [MemberData(nameof(BadLines))]
    public void A_line_that_cannot_be_read_ends_the_run_with_2_and_its_number(string line, string complaint)
    {
        ToolRun run = LabScript.Run(["# a comment counts as a line", "", """{"op":"num_possible_cpus"}""", line, """{"op":"num_possible_cpus"}"""]);

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(["""{"ret":4}"""], run.Lines);
        Assert.StartsWith("kernelsim: script: line 4: ", run.Error, StringComparison.Ordinal);
        Assert.Contains(complaint, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Names_that_exist_are_offered_for_one_that_does_not()
    {
        ToolRun run = LabScript.Run([LabScript.CreateStats, LabScript.CreateHash, """{"op":"close","fd":"x"}"""]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "line 3: close: field 'fd': \"x\" given, expected a number, or a name that a line has given: h, m", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Under_json_the_mistake_comes_after_the_results_on_stdout_too()
    {
        ToolRun run = LabScript.Run(["""{"op":"num_possible_cpus"}""", "{}"], "-j");

        Assert.Equal(2, run.ExitCode);
        Assert.Equal(2, run.Json.Count);
        JsonElement failure = run.Json[1];
        Assert.StartsWith("script: line 2: ", failure.GetProperty("error").GetString(), StringComparison.Ordinal);
        Assert.Equal("EINVAL", failure.GetProperty("errno_name").GetString());
    }

    [Fact]
    public void A_script_that_is_not_there_is_a_failure_that_names_it()
    {
        ToolRun run = ToolRun.Of("script", "/nowhere/lab.jsonl", "-j");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal("kernelsim: '/nowhere/lab.jsonl' given, expected a lab script: there is no folder '/nowhere'\n", run.Error);
        Assert.Equal("ENOENT", run.Json.Single().GetProperty("errno_name").GetString());
    }

    [Fact]
    public void A_folder_is_no_script()
    {
        using TempFolder folder = new();

        ToolRun run = ToolRun.Of("script", folder.Path);

        Assert.Equal(1, run.ExitCode);
        Assert.Equal($"kernelsim: '{folder.Path}' given, expected a lab script: it is a folder\n", run.Error);
    }

    [Fact]
    public void An_empty_script_is_done_at_once()
    {
        Assert.Equal(new ToolRun(0, "", ""), LabScript.Run(["", "   ", "# nothing", "\t# nothing either"]));
    }
}
