using KernelSim.EndToEnd.Tests.Bpftool.Transcripts;
using KernelSim.Nt.Ps;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Bpftool.Kernel;
using KernelSim.UserMode;

namespace KernelSim.EndToEnd.Tests.Bpftool;

/// <summary>Elements whose types are given, compared with the maps of the transcript whose types came with an object file.</summary>
public sealed class TypedElementTests
{
    private const string Stats = "struct stats { __u32 packets; __u16 port; __u8 flag; __s64 bytes; char tag[4]; }";
    private const string First = "07000000350001 00c001000000000000 7800000000000000";
    private const string Second = "06000000350001 004001000000000000 7800000000000000";

    private static readonly string[] s_countTypes = ["--key", "__u32 port", "--value=__u64"];
    private static readonly string[] s_statsTypes = ["--value", Stats, "--key", "u32"];

    [Theory]
    [InlineData("map dump name counts", 0)]
    [InlineData("map dump name counts", 1)]
    [InlineData("-j map dump name counts", 0)]
    [InlineData("map lookup name counts key 1 0 0 0", 0)]
    [InlineData("-j map lookup name counts key 1 0 0 0", 0)]
    [InlineData("map dump name percpu", 0)]
    [InlineData("map dump name percpu", 1)]
    [InlineData("-j map dump name percpu", 0)]
    [InlineData("-p map dump name percpu", 0)]
    [InlineData("-p map dump name percpu", 1)]
    public void Elements_with_types_are_printed_as_the_transcript_has_them(string line, int occurrence)
    {
        using BpftoolMachine machine = new();
        machine.Prepare(
            "map create /sys/fs/bpf/counts type hash key 4 value 8 entries 16 name counts",
            "map create /sys/fs/bpf/percpu type percpu_array key 4 value 24 entries 2 name percpu");
        TranscriptCommand command = TranscriptCommand.ReadAll().Where(c => c.Line == line).ElementAt(occurrence);
        bool isEmpty = command.Printed.Output is "[]\n" || !command.Printed.Output.Contains("53", StringComparison.Ordinal);
        if (!isEmpty || line.Contains("lookup", StringComparison.Ordinal) || command.Printed.Output.Contains("85", StringComparison.Ordinal))
        {
            machine.Prepare("map update name counts key 1 0 0 0 value 85 0 0 0 0 0 0 0");
            Store(machine, "/sys/fs/bpf/percpu", First + Second);
        }

        ToolRun given = machine.Run([.. line.Split(' '), .. line.Contains("counts", StringComparison.Ordinal) ? s_countTypes : s_statsTypes]);

        Assert.Equal(command.Printed, given);
    }

    [Fact]
    public void A_sum_by_type_leaves_out_what_is_no_number()
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /percpu type percpu_array key 4 value 24 entries 1 name percpu");
        Store(machine, "/percpu", First + Second);

        ToolRun given = machine.Run(["-j", "map", "dump", "name", "percpu", "--sum", "--value", Stats]);

        Assert.Equal(
            """{"packets":13,"port":106,"flag":2,"bytes":768}""", given.Json[0][0].GetProperty("ks").GetProperty("sum").GetRawText());
    }

    [Fact]
    public void A_layout_by_type_shows_the_padding_within_a_value()
    {
        using BpftoolMachine machine = new();
        machine.Prepare(
            "map create /h type hash key 4 value 8 entries 1 name h", "map update name h key 1 0 0 0 value 1 2 3 4 5 6 7 8");

        ToolRun given = machine.Run(["map", "dump", "name", "h", "--layout", "--value", "struct { u8 kind; u16 port; u32 hits; }", "-j"]);

        string[] parts =
        [
            """{"name":"key","offset":0,"size":4,"bytes":"01000000"}""",
            """{"name":"value.kind","offset":4,"size":1,"bytes":"01"}""",
            """{"name":"padding","offset":5,"size":1,"bytes":"02"}""",
            """{"name":"value.port","offset":6,"size":2,"bytes":"0304"}""",
            """{"name":"value.hits","offset":8,"size":4,"bytes":"05060708"}""",
        ];
        Assert.Equal(
            $"[{string.Join(',', parts)}]",
            given.Json[0][0].GetProperty("ks").GetProperty("layout").GetRawText());
    }

    [Theory]
    [InlineData("u64", "a type of 8 bytes given, expected 4")]
    [InlineData("u32 a b", "'b' given, expected the end")]
    [InlineData("stuct { u32 a; }", "'stuct' given, expected a type such as u32, char or struct")]
    [InlineData("struct { u32 a }", "'}' given, expected ';'")]
    [InlineData("struct { u32 a;", "nothing given, expected a type such as u32, char or struct, or '}'")]
    [InlineData("struct {", "nothing given, expected a type such as u32, char or struct, or '}'")]
    [InlineData("struct { int x[4000000000]; }", "16000000000 bytes given, expected at most 1048576")]
    [InlineData("struct { u8 a[1048576]; u8 b; }", "1048577 bytes given, expected at most 1048576")]
    [InlineData("", "nothing given, expected a type such as u32, char or struct")]
    [InlineData("u32[0]", "'0' given, expected a number of elements")]
    [InlineData("u8[99999999]", "99999999 bytes given, expected at most 1048576")]
    public void A_type_that_does_not_fit_is_refused_in_one_line(string type, string problem)
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /h type hash key 4 value 4 entries 1 name h");

        ToolRun given = machine.Run(["map", "dump", "name", "h", "--value", type]);

        Assert.Equal(new ToolRun(255, "", $"Error: --value '{type}': {problem}\n"), given);
    }

    [Theory]
    [InlineData("enum { OPEN, CLOSED = 5 } state", "05000000", "\"CLOSED\"")]
    [InlineData("enum { OPEN, CLOSED = 5 } state", "07000000", "7")]
    [InlineData("int", "feffffff", "-2")]
    [InlineData("char name[4]", "61620000", "\"ab\"")]
    [InlineData("char name[4]", "61626364", "[97,98,99,100]")]
    [InlineData("u8 mac[2][2]", "01020304", "[[1,2],[3,4]]")]
    [InlineData("struct { bool on; u8 low : 3; u8 high : 5; u16 rest; }", "01fb0200", """{"on":true,"low":"0x3","high":"0x1f","rest":2}""")]
    [InlineData("union { u32 whole; u16 half; }", "01000200", """{"whole":131073,"half":1}""")]
    public void A_value_is_printed_by_its_type(string type, string bytes, string expected)
    {
        using BpftoolMachine machine = new();
        machine.Prepare("map create /h type hash key 4 value 4 entries 1 name h");
        Assert.Equal(0, machine.Run(["map", "update", "name", "h", "key", "1", "0", "0", "0", "value", "hex", .. Pairs(bytes)]).ExitCode);

        ToolRun given = machine.Run(["map", "dump", "name", "h", "-j", "--value", type]);

        Assert.Equal(expected, given.Json[0][0].GetProperty("formatted").GetProperty("value").GetRawText());
    }

    private static IEnumerable<string> Pairs(string bytes) => bytes.Chunk(2).Select(p => new string(p));

    /// <summary>Stores all CPUs' values of element 0, as a program of its own.</summary>
    private static void Store(BpftoolMachine machine, string path, string values)
    {
        PsProcess process = machine.Lab.Start(new ProcessOptions { Name = "store.exe" });
        using Libbpf library = new(process.Gate);
        BpftoolKernel kernel = new(process.Gate, library, machine.Lab);
        int fd = kernel.OpenPinned(path);
        BpfMapInfo info = default;
        Assert.Equal(0, kernel.GetInfo(fd, ref info));
        using MapAccess map = new(kernel, fd, info);
        Convert.FromHexString(values.Replace(" ", "", StringComparison.Ordinal)).CopyTo(map.Value);
        Assert.Equal(0, map.Update(0));
    }
}
