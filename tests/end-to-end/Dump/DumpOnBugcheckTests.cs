using System.Text.Json;
using KernelSim.EndToEnd.Tests.Drivers;
using KernelSim.EndToEnd.Tests.Process;

namespace KernelSim.EndToEnd.Tests.Dump;

/// <summary><c>--dump-on-bugcheck</c>: what is left of a machine that has stopped.</summary>
public sealed class DumpOnBugcheckTests
{
    private const string Script =
        """
        {"op":"create_file","as":"d","path":"\\\\.\\Bad"}
        {"op":"device_io_control","handle":"d","code":"0x222000","input":"","output_size":0}

        """;

    [Fact]
    public void The_dump_of_a_machine_that_stops_opens_in_the_debugger()
    {
        using TempFolder folder = new();
        string driver = DriverCompiler.Compile(
            folder, "Bad", DriverCompiler.Driver("Bad", control: "throw new InvalidOperationException(\"a driver's fault\");"));
        string script = Path.Combine(folder.Path, "stop.jsonl");
        string dump = Path.Combine(folder.Path, "stopped.dmp");
        File.WriteAllText(script, Script);

        using System.Diagnostics.Process run = ToolProcess.Start("script", script, "--driver", driver, "--dump-on-bugcheck", dump);
        (int exitCode, _, string error) = run.EndWithin("the script and its dump");

        Assert.Equal(1, exitCode);
        Assert.Contains($"kernelsim: the machine stopped; 'kernelsim debug --dump {dump}' opens the dump of it\n", error, StringComparison.Ordinal);
        ToolRun debug = ToolRun.Of("debug", "--dump", dump, "-c", "!machine", "-j");
        Assert.Equal((0, ""), (debug.ExitCode, debug.Error));
        JsonElement machine = Assert.Single(Assert.Single(debug.Json).GetProperty("rows").EnumerateArray());
        Assert.NotEqual(JsonValueKind.False, machine.GetProperty("stopped").ValueKind);
    }

    [Theory]
    [InlineData("no such folder/stopped.dmp", "there is no folder")]
    [InlineData(".", "it is a folder")]
    public void A_place_where_no_dump_can_be_written_is_refused_at_the_start(string place, string reason)
    {
        using TempFolder folder = new();
        string dump = Path.Combine(folder.Path, place);

        ToolRun run = ToolRun.Of("script", "-", "--dump-on-bugcheck", dump);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains($"--dump-on-bugcheck: '{dump}' given, expected a file to write the dump to: {reason}", run.Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
