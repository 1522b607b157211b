using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Bpf;

/// <summary><c>kernelsim bpf run</c>: the bytes of a program in, r0 out.</summary>
public sealed class BpfRunTests
{
    private const string Return42 = "b7000000 2a000000 95000000 00000000";
    private const string LoadSecondByte = "7110010000000000 9500000000000000";

    public static TheoryData<string> Engines => ["interpreter", "compiled", "both"];

    [Theory]
    [MemberData(nameof(Engines))]
    public void AProgramPrintsR0InEachEngine(string engine)
    {
        ToolRun run = ToolRun.Of("bpf", "run", "0102", "--program", LoadSecondByte, "--engine", engine);
        Assert.Equal((0, "2\n", ""), (run.ExitCode, run.Output, run.Error));
    }

    [Fact]
    public void AProgramIsReadFromStandardInputWithSpacesInIt()
    {
        ToolRun run = ToolRun.WithInput(Return42 + "\n", "bpf", "run");
        Assert.Equal((0, "2a\n"), (run.ExitCode, run.Output));
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void TheCasesOfBpfConformanceGiveTheirResultsInOneRun(string engine)
    {
        string[][] cases = [.. File.ReadLines(Path.Combine(Repository.Root, "tests", "reference", "bpf_conformance.tsv"))
            .Where(line => !line.StartsWith('#'))
            .Select(line => line.Split('\t'))];
        string input = string.Join('\n', cases.Select(c => JsonSerializer.Serialize(new { program = c[3], memory = c[1] })));
        ToolRun run = ToolRun.WithInput(input, "bpf", "run", "-", "-j", "--engine", engine);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            cases.Select(c => $"{{\"r0\":\"{Convert.ToUInt64(c[2], 16):x}\"}}"),
            run.Lines);
    }

    [Fact]
    public void LinesThatFailAreAnsweredInTheirPlaces()
    {
        string input = $$"""
            {"program":"{{Return42}}"}
            {"program":"{{LoadSecondByte}}","memory":"01"}
            {"program":"b7"}
            {"program":"zz"}
            {"memory":"00"}
            [1]
            nonsense
            {"program":7}
            {"program":"{{Return42}}","memory":""}

            """;
        ToolRun run = ToolRun.WithInput(input, "bpf", "run", "-", "-j");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Equal(9, run.Lines.Count);
        Assert.Equal("""{"r0":"2a"}""", run.Lines[0]);
        Assert.All(run.Json.Skip(1).Take(7), line => Assert.NotEqual("", line.GetProperty("error").GetString()));
        Assert.Equal(run.Lines[0], run.Lines[8]);
    }

    [Theory]
    [InlineData("7910000000000000 9500000000000000", "read of 8 bytes at r1 (0x")]
    [InlineData("b700000007000000 8d00000000000000 9500000000000000", "helper 7 called, expected 5")]
    [InlineData("8500000007000000 9500000000000000", "bytecode.helper: instruction 0 (call 7): helper 7, expected")]
    [InlineData("ff00000000000000", "bytecode.opcode: instruction 0 (.opcode 0xff): 0xff is not an opcode of RFC 9669")]
    [InlineData("b70000002a0000", "7 bytes given, expected a multiple of 8")]
    public void ARefusalOrFaultIsOneLineAndExitCode1(string program, string reason)
    {
        ToolRun run = ToolRun.Of("bpf", "run", "00", "--program", program);
        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.StartsWith($"kernelsim: bpf run: {reason}", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.TrimEnd('\n').Split('\n'));
        JsonElement json = Assert.Single(ToolRun.Of("bpf", "run", "00", "-j", "--program", program).Json);
        Assert.StartsWith($"bpf run: {reason}", json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("'z' given, expected hex digits", "zz")]
    [InlineData("3 hex digits given, expected an even number", "012")]
    public void WrongHexIsWrongUsage(string reason, string memory)
    {
        ToolRun run = ToolRun.Of("bpf", "run", memory, "--program", Return42);
        Assert.Equal(2, run.ExitCode);
        Assert.Contains(reason, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void AnEngineThatDoesNotExistIsWrongUsage() =>
        Assert.Equal(2, ToolRun.Of("bpf", "run", "--engine", "jit", "--program", Return42).ExitCode);

    [Fact]
    public void WithJsonTheResultIsAnObject() =>
        Assert.Equal("{\"r0\":\"2a\"}\n", ToolRun.Of("bpf", "run", "-j", "--program", Return42).Output);
}
