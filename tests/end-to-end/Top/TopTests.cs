using System.Text.Json;
using KernelSim.EndToEnd.Tests.Script;
using KernelSim.EndToEnd.Tests.Serve;

namespace KernelSim.EndToEnd.Tests.Top;

/// <summary><c>top</c>: what a server's machine does, seen from another terminal.</summary>
public sealed class TopTests
{
    [Fact]
    public void A_pipe_gets_one_frame_with_the_processors_and_the_busiest_map()
    {
        using ServerProcess server = ServerProcess.With("--cpus", "2");
        using LineClient worker = server.Connect();
        worker.Expect(3, LabScript.CreateHash);
        worker.Expect(0, """{"op":"map_update_elem","fd":"h","key":"01000000","value":"0200000000000000"}""");

        ToolRun top = ToolRun.Of("top", "--server", server.Name, "--interval", "0.1");

        Assert.Equal((0, ""), (top.ExitCode, top.Error));
        Assert.StartsWith($"kernelsim top: '{server.Name}', 1 process, ", top.Output, StringComparison.Ordinal);
        Assert.Matches(@"\ncalls 0/s, 0 of them failed; requests 0/s; copies 0/s, 0 B/s; refusals 0/s\n", top.Output);
        Assert.Matches(@"\n  0  [#.]{20}  +\d+ +0  PASSIVE_LEVEL\n  1  [#.]{20}  +\d+ +0  PASSIVE_LEVEL\n", top.Output);
        Assert.Matches(@"\nBusiest maps\n *id +name +type +% of recent map requests\n *\d+ +plain +hash +100\n", top.Output);
    }

    [Fact]
    public void Json_is_one_object_a_frame()
    {
        using ServerProcess server = ServerProcess.With("--cpus", "2");

        ToolRun top = ToolRun.Of("top", "--server", server.Name, "--interval", "0.1", "--frames", "3", "-j");

        Assert.Equal(3, top.Json.Count);
        Assert.All(top.Json, frame =>
        {
            Assert.Equal(server.Name, frame.GetProperty("server").GetString());
            Assert.Equal([0, 1], frame.GetProperty("processors").EnumerateArray().Select(p => p.GetProperty("processor").GetInt32()));
            Assert.Equal(JsonValueKind.Number, frame.GetProperty("calls").ValueKind);
        });
    }

    [Fact]
    public void Without_a_server_it_says_where_it_looked()
    {
        string name = ServerProcess.NewName();

        ToolRun top = ToolRun.Of("top", "--server", name);

        Assert.Equal(1, top.ExitCode);
        Assert.Matches($"^kernelsim: server '{name}' given, expected one that runs: looked for .*{name}\\.sock\\. ", top.Error);
    }

    [Theory]
    [InlineData("--interval", "0.01", "--interval: '0.01' given, expected a number from 0.1 to 3600")]
    [InlineData("--interval", "soon", "--interval: 'soon' given, expected a number from 0.1 to 3600")]
    [InlineData("--frames", "all", "--frames: 'all' given, expected a number from 1 to 2147483647")]
    [InlineData("--frames", "0", "--frames: '0' given, expected a number from 1 to 2147483647")]
    public void What_is_no_number_in_range_is_refused(string option, string value, string complaint)
    {
        ToolRun top = ToolRun.Of("top", option, value);

        Assert.Equal(2, top.ExitCode);
        Assert.Contains(complaint, top.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void It_ends_with_its_server()
    {
        using ServerProcess server = ServerProcess.With();
        using System.Diagnostics.Process top = Process.ToolProcess.Start(
            "top", "--server", server.Name, "--interval", "0.1", "--frames", "100000", "-j");
        Assert.NotNull(top.ReadLineWithin("the first frame"));

        server.Stop();
        (int exitCode, _, string error) = top.EndWithin("the end of top");

        Assert.Equal(1, exitCode);
        Assert.Contains($"kernelsim: the server '{server.Name}' ended before it answered", error, StringComparison.Ordinal);
    }
}
