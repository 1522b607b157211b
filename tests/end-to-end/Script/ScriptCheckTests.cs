using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.LabScripts.Machines;
using KernelSim.LabScripts.Output;
using KernelSim.LabScripts.Runs;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>What is said of a script that has not run.</summary>
public sealed class ScriptCheckTests
{
    [Fact]
    public void A_script_without_a_mistake_has_no_diagnostics() => Assert.Empty(ScriptCheck.Of(
        $$"""
        # All names are given before they are used.
        {{LabScript.CreateHash}}
        {"op":"map_lookup_elem","fd":"h","key":"00000000"}
        {"op":"object_load","as":"o","file":"droppacket.sys"}
        {"op":"prog_attach","as":"l","fd":"o.DropPacket","attach_type":"xdp"}
        {"op":"object_close","object":"o"}
        {"op":"network_packet","cpu":1,"data":"00"}
        """,
        processors: 2));

    [Theory]
    [InlineData("""{"op":"close","fd":"x"}""", """ "fd":"x" """)]
    [InlineData("""  {"op":"closed","fd":3}""", """ "op":"closed" """)]
    [InlineData("""{"op":"close","fd":3,"é":0}""", """ "é":0 """)]
    [InlineData("""{"op":"network_packet","cpu" : 2 ,"data":"00"}""", """ "cpu" : 2 """)]
    [InlineData("""{"op":"close","fd":3,"fd":4}""", """ "fd":4 """)]
    [InlineData("""{"op":"map_get_next_key","fd":3,"key":[{"a":1}]}""", """ "key":[{"a":1}] """)]
    [InlineData("""  {"op":"close"}""", """ {"op":"close"} """)]
    [InlineData("[1]  ", " [1] ")]
    [InlineData("""{"op":é}""", " é ")]
    [InlineData("""{"op":"close","fd":3""", " 3 ")]
    public void A_diagnostic_points_at_the_part_of_the_line_that_is_wrong(string line, string part)
    {
        ScriptDiagnostic found = Assert.Single(ScriptCheck.Of($"# before\n\n{line}\n# after", processors: 2));
        Assert.Equal(3, found.Line);
        Assert.Equal(part.Trim(), line.Substring(found.Column - 1, found.Length));
        Assert.NotEmpty(found.Message);
    }

    [Fact]
    public void A_diagnostic_says_what_the_command_says()
    {
        const string Line = """{"op":"map_create","as":"m","type":"hsah","name":"n","key_size":4,"value_size":4,"max_entries":8}""";
        Assert.Equal(
            $"kernelsim: script: line 1: {Assert.Single(ScriptCheck.Of(Line, processors: 4)).Message}",
            ToolRun.WithInput(Line, "script", "-").Error.Trim());
    }

    [Fact]
    public void Every_invalid_line_is_found_and_a_name_that_one_gives_is_no_second_mistake()
    {
        const string Script = """
            {"op":"map_create","as":"m"}
            {"op":"close","fd":"m"}
            {"op":"object_load","as":"o"}
            {"op":"close","fd":"o.part"}
            {"op":"object_close","object":"o"}
            {"op":"close","fd":"n"}
            """;
        Assert.Equal([1, 3, 6], ScriptCheck.Of(Script, processors: 1).Select(d => d.Line));
    }

    [Fact]
    public void Diagnostics_are_written_as_an_array()
    {
        string text = JsonText.Of(OutputFormat.Json, json => ScriptCheck.Write(json, [new ScriptDiagnostic(2, 3, 4, "wrong")]));
        Assert.Equal("""[{"line":2,"column":3,"length":4,"message":"wrong"}]""", text);
    }

    [Fact]
    public void The_word_list_has_every_op_with_its_fields_in_words()
    {
        using JsonDocument document = JsonDocument.Parse(JsonText.Of(OutputFormat.Json, ScriptWordList.Write));
        JsonElement words = document.RootElement;
        JsonElement[] ops = [.. words.GetProperty("ops").EnumerateArray()];
        Assert.Equal(ScriptOpTable.All.Select(op => op.Name), ops.Select(op => op.GetProperty("op").GetString()));
        Assert.All(ops, op =>
        {
            Assert.NotEmpty(op.GetProperty("does").GetString()!);
            Assert.All(op.GetProperty("fields").EnumerateArray(), field => Assert.NotEmpty(field.GetProperty("means").GetString()!));
        });
        JsonElement update = ops.First(op => op.GetProperty("op").GetString() == "map_update_elem");
        JsonElement flags = update.GetProperty("fields").EnumerateArray().First(f => f.GetProperty("name").GetString() == "flags");
        IEnumerable<string?> names = flags.GetProperty("flags").EnumerateArray().Select(f => f.GetProperty("name").GetString());
        Assert.Equal(["BPF_ANY", "BPF_NOEXIST", "BPF_EXIST"], names);
        Assert.Contains(words.GetProperty("map_types").EnumerateArray(), t => t.GetRawText() == """{"name":"percpu_hash","number":4}""");
        Assert.Equal(MachineSettings.MaximumCpus, words.GetProperty("machine").GetProperty("most_cpus").GetInt32());
    }

    [Fact]
    public void Every_field_that_has_named_values_is_one_of_an_op()
    {
        IEnumerable<ScriptFlag> all = ScriptOpTable.All.SelectMany(op => op.Fields.SelectMany(field => ScriptFlagWords.Of(op, field)));
        Assert.Equal(3 + 3 + 3 + 2 + 1 + 1, all.Count());
    }
}
