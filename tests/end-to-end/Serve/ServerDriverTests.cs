using KernelSim.EndToEnd.Tests.Drivers;
using KernelSim.EndToEnd.Tests.Process;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary><c>serve --driver</c>: a driver of the user's that clients share.</summary>
public sealed class ServerDriverTests
{
    private const string Open = """{"op":"create_file","as":"d","path":"\\\\.\\Echo"}""";
    private const string Later = """{"op":"device_io_control","as":"r","handle":"d","code":"0x80002004","input":"01020304","output_size":4}""";

    [Fact]
    public void Clients_open_its_device_and_one_completes_the_requests_of_another()
    {
        using ServerProcess server = ServerProcess.With("--driver", SampleFile.Echo);
        Assert.Equal("Echo", Assert.Single(server.Ready.GetProperty("drivers").EnumerateArray()).GetString());
        using LineClient waiting = server.Connect();
        LabScript.Answers("""{"ret":4,"status":"STATUS_SUCCESS"}""", waiting.Ask(Open));
        LabScript.Answers("""{"ret":0,"status":"STATUS_PENDING","request":1}""", waiting.Ask(Later));

        ToolRun other = server.Run([Open, """{"op":"device_io_control","handle":"d","code":"0x80002008"}"""]);

        Assert.Equal((0, ""), (other.ExitCode, other.Error));
        LabScript.Answers(
            """{"ret":0,"status":"STATUS_SUCCESS","information":4,"output":"01020304"}""",
            waiting.Ask("""{"op":"get_overlapped_result","request":"r","timeout_ms":60000}"""));
        Assert.Equal((0, ""), (server.Stop().ExitCode, ""));
    }

    [Fact]
    public void A_client_that_goes_takes_its_pending_requests_with_it()
    {
        using ServerProcess server = ServerProcess.With("--driver", SampleFile.Echo);

        Assert.Equal(0, server.Run([Open, Later, Later]).ExitCode);

        ToolRun end = server.Stop();
        Assert.Equal((0, ""), (end.ExitCode, end.Error));
    }

    [Fact]
    public void A_server_that_stops_ends_a_client_that_waits_for_a_request()
    {
        using ServerProcess server = ServerProcess.With("--driver", SampleFile.Echo);
        using System.Diagnostics.Process client = ToolProcess.Start("script", "--server", server.Name, "-");
        foreach (string line in (string[])[Open, Later, """{"op":"get_overlapped_result","request":"r","timeout_ms":4294967295}"""])
        {
            client.StandardInput.WriteLine(line);
        }

        client.StandardInput.Flush();
        client.ReadLineWithin("the handle");
        client.ReadLineWithin("the request");

        Assert.Equal(0, server.Stop().ExitCode);
        client.StandardInput.Close();
        client.EndWithin("the end of the client");
    }

    [Fact]
    public void A_driver_that_does_not_load_keeps_the_server_from_starting()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(folder, "Bad", DriverCompiler.Driver("Bad", entry: "if (io is not null) return NtStatus.NoSuchDevice;"));

        ToolRun run = ToolRun.Of("serve", "--name", ServerProcess.NewName(), "--driver", file);

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Contains("its DriverEntry returned STATUS_NO_SUCH_DEVICE", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_of_a_driver_ends_the_server_and_is_told_to_its_clients()
    {
        using TempFolder folder = new();
        string file = DriverCompiler.Compile(
            folder, "Bad", DriverCompiler.Driver("Bad", control: "throw new InvalidOperationException(\"broken\");"));
        using ServerProcess server = ServerProcess.With("--driver", file);

        ToolRun client = server.Run(
            ["""{"op":"create_file","as":"d","path":"\\\\.\\Bad"}""", """{"op":"device_io_control","handle":"d","code":0}"""]);

        ToolRun end = server.End();
        Assert.Equal((1, 1), (client.ExitCode, end.ExitCode));
        Assert.Contains("InvalidOperationException in Bad.Control (Bad.cs:", client.Error, StringComparison.Ordinal);
        Assert.Contains("InvalidOperationException in Bad.Control (Bad.cs:", end.Error, StringComparison.Ordinal);
    }
}
