using System.Globalization;
using KernelSim.Debugger.ClrMd;
using KernelSim.Debugger.Output;
using KernelSim.Debugger.Targets;

namespace KernelSim.Debugger.Tests;

public sealed class DumpTests(DumpFixture fixture) : IClassFixture<DumpFixture>
{
    // Addresses of objects differ: an object of this process has a number instead.
    private static readonly HashSet<string> s_addresses = ["address", "object", "context_address"];

    [Theory]
    [InlineData("!process")]
    [InlineData("!process 8 14")]
    [InlineData("!handle")]
    [InlineData("!object")]
    [InlineData("!drvobj")]
    [InlineData("!devobj")]
    [InlineData("!irp")]
    [InlineData("!irpfind waiting")]
    [InlineData("!poolused")]
    [InlineData("!vad 8")]
    [InlineData("!cpu")]
    [InlineData("!running")]
    [InlineData("!locks")]
    [InlineData("!dpcs")]
    [InlineData("!timer")]
    [InlineData("!modules")]
    [InlineData("!bugcheck")]
    [InlineData("!maps")]
    [InlineData("!map 2")]
    [InlineData("!map 4")]
    [InlineData("!map 5")]
    [InlineData("!map 6")]
    [InlineData("!map 7")]
    [InlineData("!map 8")]
    [InlineData("!map 9")]
    [InlineData("!map 10")]
    [InlineData("!percpu 6 01000000")]
    [InlineData("!ring 10")]
    [InlineData("!progs")]
    [InlineData("!links")]
    [InlineData("!pins")]
    [InlineData("!epoch")]
    [InlineData("!rcdr 1000")]
    [InlineData("!request 7")]
    [InlineData("!analyze -v")]
    public void A_dump_tells_what_the_process_tells(string command)
    {
        CommandResult dump = fixture.InDump(command);

        Assert.Null(dump.Error);
        Assert.Empty(dump.Notes);
        Assert.Equal(Flat(fixture.InProcess(command)), Flat(dump));
    }

    [Fact]
    public void A_dump_has_the_bytes_of_pool_and_of_processes()
    {
        string blocks = "!poolfind *";
        Assert.Equal(Flat(fixture.InProcess(blocks), all: true), Flat(fixture.InDump(blocks), all: true));
        Assert.Contains("text in user memory", Flat(fixture.InDump($"da {fixture.Block:x}")));
    }

    [Fact]
    public void An_object_of_a_dump_has_its_fields()
    {
        ulong irp = (ulong)fixture.InDump("!irp").Tables[0].Rows[0][0]!;

        ResultRow[] fields = [.. ResultRow.Of(fixture.InDump($"dt Irp {irp:x}").Tables[0])];

        Assert.Equal("7", Assert.Single(fields, f => (string)f["field"]! == "RequestId")["value"]);
        Assert.Contains(fixture.InDump($"!irp {irp:x}").Members, m => (string)m.Value!.ToString()! == "WaitingDriver.Cancelled");
        Assert.NotEmpty(fixture.InDump($"gcroot {irp:x}").Tables[0].Rows);
        Assert.Contains("PsProcess", Flat(fixture.InDump("dumpheap -stat")));
        Assert.Contains("Main", Flat(fixture.InDump("clrstack")));
        Assert.Null(fixture.InDump("k").Error);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(5000)]
    [InlineData(1_000_000)]
    public void A_dump_that_is_cut_off_is_one_line(int bytes)
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "cut.dmp");
        using (FileStream whole = File.OpenRead(fixture.DumpPath))
        {
            byte[] start = new byte[bytes];
            whole.ReadExactly(start);
            File.WriteAllBytes(path, start);
        }

        TargetReadException refused = Assert.Throws<TargetReadException>(() => DumpFile.Open(path));

        Assert.StartsWith($"'{path}' given, expected a ", refused.Message);
        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void A_dump_without_heap_is_refused()
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "mini.dmp");
        ProcessDump.Write(Environment.ProcessId, path, withHeap: false);

        Assert.EndsWith("it has no heap", Assert.Throws<TargetReadException>(() => DumpFile.Open(path)).Message);
    }

    [Theory]
    [InlineData("text", "it does not begin as a dump does")]
    [InlineData("\u007fELF and then nothing", "it does not begin as a dump does")]
    public void A_file_that_is_no_dump_is_refused(string content, string reason)
    {
        using TempFolder folder = new();
        string path = Path.Combine(folder.Path, "no.dmp");
        File.WriteAllText(path, content);

        Assert.Equal(
            $"'{path}' given, expected a dump of a process: {reason}",
            Assert.Throws<TargetReadException>(() => DumpFile.Open(path)).Message);
        Assert.EndsWith("there is no such file", Assert.Throws<TargetReadException>(() => DumpFile.Open(path + "x")).Message);
        Assert.EndsWith("it is a folder", Assert.Throws<TargetReadException>(() => DumpFile.Open(folder.Path)).Message);
    }

    /// <summary>A result as text, without what differs between a process and a dump of it.</summary>
    private static string Flat(CommandResult result, bool all = false) => string.Join('\n',
    [
        .. result.Members.Select(m => $"{m.Column.Name}={Text(m.Column, m.Value)}"),
        .. result.Tables.SelectMany(t => t.Rows.Select(r => string.Join(' ', t.Columns
            .Select((c, i) => all || !s_addresses.Contains(c.Name) ? Text(c, r[i]) : "-")))),
    ]);

    private static string Text(Column column, object? value) => Convert.ToString(column.Kind.TextOf(value), CultureInfo.InvariantCulture)!;
}
