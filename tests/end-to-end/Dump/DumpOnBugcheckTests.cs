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

    [Fact]
    public void A_dump_that_cannot_be_written_is_told_and_the_machine_stops_all_the_same()
    {
        using TempFolder folder = new();
        string driver = DriverCompiler.Compile(
            folder, "Bad", DriverCompiler.Driver("Bad", control: "throw new InvalidOperationException(\"a driver's fault\");"));
        string script = Path.Combine(folder.Path, "stop.jsonl");
        string dump = Path.Combine(folder.Path, "no such folder", "stopped.dmp");
        File.WriteAllText(script, Script);

        ToolRun run = ToolRun.Of("script", script, "--driver", driver, "--dump-on-bugcheck", dump);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains(
            $"kernelsim: the machine stopped: '{dump}' given, expected a file to write the dump to: there is no folder",
            run.Error,
            StringComparison.Ordinal);
        Assert.Contains("KmodeExceptionNotHandled", run.Error, StringComparison.Ordinal);
    }
}
