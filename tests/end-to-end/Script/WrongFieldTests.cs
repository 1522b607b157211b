using System.Text.RegularExpressions;

namespace KernelSim.EndToEnd.Tests.Script;

/// <summary>
/// Every op, with each of its fields left out, misspelled or of the wrong kind. Ops and fields are asked of the tool itself, so that a new
/// one is tried too.
/// </summary>
public sealed partial class WrongFieldTests
{
    /// <summary>What no field takes.</summary>
    private static readonly string[] s_neverGood = ["true", "{}", "[3]", "1.5", "-9223372036854775809", "1e400", "18446744073709551616"];

    /// <summary>Values of the right kind that a user may not have meant, by what the tool says that it expects.</summary>
    private static readonly (string Expected, string[] Values)[] s_unexpected =
    [
        ("bytes in hex", ["null", "\"\"", "\"00\"", "\"ffffffff\"", $"\"{new string('a', 200_000)}\""]),
        ("a number, or a name", ["-1", "0", "3", "77", "2147483647", "-2147483648", "\"m\"", "\"o.DropPacket\"", "\"r\""]),
        ("a number from 0 to 4294967295", ["0", "1", "65536", "2147483648", "4294967295"]),
        ("a number from 0 to 18446744073709551615", ["0", "3", "9223372036854775808", "18446744073709551615"]),
        ("a number from 0 to 31536000000000", ["0", "31536000000000"]),
        ("text, or null", ["null", "\"\"", "\"/../x\"", "\"a:b\"", "\"a\\u0000b\"", $"\"{new string('a', 70_000)}\""]),
    ];

    /// <summary>How often something is done: as often as the user says, however long that takes.</summary>
    private static readonly string[] s_repetitions = ["events_per_cpu", "repeat"];

    public static TheoryData<string> Ops => [.. WordsAfter(Complaint("""{"op":"?"}"""), "expected one of ")];

    [Theory]
    [MemberData(nameof(Ops))]
    public void A_field_that_is_missing_or_not_known_is_named_with_the_line(string op)
    {
        string[] required = [.. FieldsOf(op).Where(f => !f.EndsWith('?'))];
        ToolRun run = LabScript.Run([$$"""{"op":"{{op}}"}"""]);
        if (required.Length > 0)
        {
            Assert.Equal(2, run.ExitCode);
            Assert.Matches($"^kernelsim: script: line 1: {op}: (field '{required[0]}' missing, expected .+)\n$", run.Error);
        }

        Assert.Contains($"line 1: {op}: field 'Fd' given, expected op, id?", Complaint($$"""{"op":"{{op}}","Fd":3}"""), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void A_value_of_the_wrong_kind_ends_the_run_with_what_was_given_and_expected(string op)
    {
        string[] fields = FieldsOf(op);
        for (int i = 0; i < fields.Length; i++)
        {
            string field = fields[i].TrimEnd('?');
            string value = s_neverGood[i % s_neverGood.Length];
            string complaint = Complaint($$"""{"op":"{{op}}","{{field}}":{{value}}}""");
            Assert.Matches($"^kernelsim: script: line 1: {op}: field '{field}': {Regex.Escape(value)} given, expected .+\n$", complaint);
        }
    }

    [Theory]
    [MemberData(nameof(Ops))]
    public void A_value_of_the_right_kind_is_answered_however_odd_it_is(string op)
    {
        string[] lines = [.. OddLines(op)];
        string[] preparation =
        [
            LabScript.CreateStats,
            """{"op":"map_create","as":"r","type":"ringbuf","name":"ring","key_size":0,"value_size":0,"max_entries":4096}""",
            """{"op":"object_load","as":"o","file":"droppacket.sys"}""",
        ];
        ToolRun run = LabScript.Run([.. preparation, .. lines, """{"op":"num_possible_cpus"}"""]);
        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("""{"ret":4}""", run.Lines[^1]);
        Assert.All(run.Json.Skip(preparation.Length), answer =>
        {
            Assert.Equal(answer.GetProperty("ret").GetInt64() < 0, answer.TryGetProperty("errno", out _));
            Assert.Equal(answer.TryGetProperty("given", out _), answer.TryGetProperty("expected", out _));
        });
    }

    /// <summary>A line for each field and each odd value of its kind, with the other fields as they should be.</summary>
    private static IEnumerable<string> OddLines(string op)
    {
        string[] fields = FieldsOf(op);
        foreach (string field in fields.Select(f => f.TrimEnd('?')).Except(s_repetitions))
        {
            ToolRun asked = LabScript.Run([LabScript.CreateStats, $$"""{"op":"{{op}}","{{field}}":true}"""]);
            IEnumerable<string> values = s_unexpected
                .Where(u => asked.Error.Contains($"expected {u.Expected}", StringComparison.Ordinal))
                .SelectMany(u => u.Values);
            IEnumerable<string> others = fields.Where(f => !f.EndsWith('?') && f != field).Select(f => $"\"{f}\":{GoodFor(op, f)}");
            foreach (string value in values)
            {
                string exact = op == "map_update_elem" && !field.StartsWith("value", StringComparison.Ordinal) ? ",\"value\":\"00\"" : "";
                yield return $$"""{"op":"{{op}}",{{string.Join(",", others.Append($"\"{field}\":{value}"))}}{{exact}}}""";
            }
        }
    }

    /// <summary>A field's value that lets the call be made, whatever becomes of it.</summary>
    private static string GoodFor(string op, string field) => field switch
    {
        "fd" or "map_fd" => "\"m\"",
        "object" => "\"o\"",
        "type" => op == "prog_load" ? "\"xdp\"" : "\"hash\"",
        "attach_type" => "\"bind\"",
        "event" => "\"packet\"",
        "name" or "path" or "file" or "as" => "\"n\"",
        "cmd" => "\"map_get_next_id\"",
        "events_per_cpu" => "1",
        "key" or "keys" or "inner_key" => "\"01000000\"",
        "value" or "values" or "data" or "message" or "attr" or "insns" => "\"0000000000000000\"",
        _ => "1",
    };

    private static string[] FieldsOf(string op) => [.. WordsAfter(Complaint($$"""{"op":"{{op}}","?":0}"""), "expected op, id?")];

    private static IEnumerable<string> WordsAfter(string complaint, string start) =>
        Word().Matches(complaint[(complaint.IndexOf(start, StringComparison.Ordinal) + start.Length)..]).Select(m => m.Value);

    private static string Complaint(string line)
    {
        ToolRun run = LabScript.Run([line]);
        Assert.True(run.ExitCode == 2, $"{line}: {run.ExitCode} {run.Output}");
        return run.Error;
    }

    [GeneratedRegex(@"[a-z0-9_]+\??")]
    private static partial Regex Word();
}
