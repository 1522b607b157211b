using System.Text;
using System.Text.Json;
using KernelSim.Debugger.Commands;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Tests;

public class OutputTests
{
    [Fact]
    public void A_result_is_one_object_of_typed_members_and_rows()
    {
        CommandResult result = new("!x 1");
        result.Member(new("summary", ColumnKind.Text), "a \"text\"");
        ResultTable table = result.Table(
            new("address", ColumnKind.Pointer), new("n", ColumnKind.Number), new("bytes", ColumnKind.Bytes), new("f", ColumnKind.Flag),
            new("names", ColumnKind.Texts), new("values", ColumnKind.ByteRuns));
        string[] names = ["a", "b"];
        byte[][] values = [[1], [2, 3]];
        table.Add(0xFFFF_8000_0001_0010, ulong.MaxValue, new byte[] { 1, 0xAB }, true, names, values);
        table.Add(null, -1, null, null, null, null);
        result.Note("careful");

        Assert.Equal(
            """{"command":"!x 1","summary":"a \u0022text\u0022","rows":["""
            + """{"address":"0xffff800000010010","n":18446744073709551615,"bytes":"01ab","f":true,"names":["a","b"],"values":["01","0203"]},"""
            + """{"address":null,"n":-1,"bytes":null,"f":null,"names":null,"values":null}],"notes":["careful"]}""",
            Json(result));
    }

    [Fact]
    public void A_failure_is_the_command_and_its_error()
    {
        CommandResult result = new("!x");
        result.Table(new Column("n", ColumnKind.Number)).Add(1);
        result.Fail("no");

        Assert.Equal("""{"command":"!x","error":"no"}""", Json(result));
    }

    [Theory]
    [InlineData("!a; !b", new[] { "!a", "!b" })]
    [InlineData(" ; !a ;; ", new[] { "!a" })]
    [InlineData(".logopen \"a;b\"; q", new[] { ".logopen \"a;b\"", "q" })]
    [InlineData("", new string[0])]
    public void Commands_end_at_semicolons(string line, string[] commands) => Assert.Equal(commands, CommandLineText.Commands(line));

    [Fact]
    public void Quotes_keep_a_word_together() => Assert.Equal([".logopen", "a b"], CommandLineText.Words(".logopen  \"a b\""));

    [Theory]
    [InlineData("KernelSim.Nt.Io.Irp", "Reset", "Irp.Reset")]
    [InlineData("KernelSim.EbpfCore.Hash.KeyedHashTable<KernelSim.EbpfCore.Hash.Key4, X.Unwatched>", "Update", "KeyedHashTable.Update")]
    [InlineData("A.Libbpf", "Execute[[A.Call, A]](A.Call)", "Libbpf.Execute")]
    [InlineData("A.Map`2", "Update", "Map.Update")]
    [InlineData("A.Outer+Inner", "Run", "Outer.Inner.Run")]
    [InlineData("A.Outer+<>c__DisplayClass3_0", "<Build>b__0", "Outer.Build (lambda)")]
    [InlineData("Program", "<Main>$", "Program.Main")]
    public void Methods_are_named_as_they_were_written(string type, string method, string name) =>
        Assert.Equal(name, FieldText.MethodName(type, method));

    private static string Json(CommandResult result)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            ResultJson.Write(json, result);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
