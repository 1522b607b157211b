using System.Diagnostics;
using System.Text;
using System.Text.Json;
using KernelSim.Debugger.Output;
using KernelSim.Tool.Debug.Reader;

namespace KernelSim.EndToEnd.Tests.Debug;

/// <summary>The process that reads a dump for the debugger, and its end.</summary>
public sealed class DumpReaderTests
{
    [Fact]
    public void A_reader_that_crashes_is_one_line_and_the_next_command_gets_another()
    {
        string answer = Answer(r => r.Member(new("n", ColumnKind.Number), 1));
        string script = $"while read line; do if [ \"$line\" = !bad ]; then kill -SEGV $$; fi; echo '{answer}'; done";
        int started = 0;
        using DumpReader reader = new("x.dmp", () =>
        {
            started++;
            return new ProcessStartInfo("sh", ["-c", script]);
        });

        Assert.Equal(1L, Assert.Single(Run(reader, "!good").Members).Value);
        Assert.Equal(
            "'x.dmp' given, expected a whole dump: it is damaged where '!bad' reads it, which ended the reader (signal 11)",
            Run(reader, "!bad").Error);
        Assert.Null(Run(reader, "!good").Error);
        Assert.Equal(2, started);
    }

    [Fact]
    public void A_result_survives_the_way_from_the_reader()
    {
        CommandResult result = new("!x");
        result.Member(new("summary", ColumnKind.Text), "a \"text\"\n");
        ResultTable table = result.NamedTable(
            "some_rows",
            new("address", ColumnKind.Pointer), new("n", ColumnKind.Number), new("size", ColumnKind.ByteCount), new("bytes", ColumnKind.Bytes),
            new("f", ColumnKind.Flag), new("names", ColumnKind.Texts), new("values", ColumnKind.ByteRuns));
        string[] names = ["a", "b"];
        byte[][] values = [[1], [2, 3]];
        table.Add(0xFFFF_8000_0001_0010, ulong.MaxValue, 5, new byte[] { 1, 0xAB }, true, names, values);
        table.Add(null, -1, null, null, null, null, null);
        result.Note("careful");

        CommandResult read = new("!x");
        ResultWire.Read(Wire(result), read);

        Assert.Equal(Json(result), Json(read));
        Assert.Equal(-1L, read.Tables[0].Rows[1][1]);
        result.Fail("no");
        ResultWire.Read(Wire(result), read);
        Assert.Equal(Json(result), Json(read));
    }

    private static CommandResult Run(DumpReader reader, string command)
    {
        CommandResult result = new(command);
        reader.Run(command, result);
        return result;
    }

    private static string Answer(Action<CommandResult> fill)
    {
        CommandResult result = new("");
        fill(result);
        return Wire(result);
    }

    private static string Wire(CommandResult result) => Text(json => ResultWire.Write(json, result));

    private static string Json(CommandResult result) => Text(json => ResultJson.Write(json, result));

    private static string Text(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
