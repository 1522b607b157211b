using System.Text.Json;
using KernelSim.EndToEnd.Tests.Drivers;

namespace KernelSim.EndToEnd.Tests.Trace;

/// <summary>Requests to a driver of the command line in the trace.</summary>
public sealed class DriverTraceTests
{
    [Fact]
    public void A_recording_has_the_requests_to_the_driver()
    {
        using TempFolder folder = new();
        string script = folder.Add(
            "lab.jsonl",
            """
            {"op":"create_file","as":"d","path":"\\\\.\\Mailbox"}
            {"op":"device_io_control","as":"r","handle":"d","code":"0x80002004","input":"00000000","output_size":256}
            {"op":"device_io_control","handle":"d","code":"0x80002000","input":"6869"}
            {"op":"get_overlapped_result","request":"r"}
            {"op":"device_io_control","handle":"d","code":"0x80002003"}

            """u8.ToArray());
        string trace = Path.Combine(folder.Path, "lab.nettrace");

        ToolRun run = ToolRun.Of(
            "trace", "collect", "--profile", "verbose", "-o", trace, "--", "kernelsim", "script", "--driver", SampleFile.Mailbox, script);

        Assert.True(run.ExitCode == 0, run.Error);
        Assert.Equal("6869", run.Json[3].GetProperty("output").GetString());
        IReadOnlyList<JsonElement> events = ToolRun.Of("trace", "events", trace, "-j").Json;
        Assert.Contains(Of("DriverLoad"), p => p.GetProperty("name").GetString() == "Mailbox");
        JsonElement[] receives = [.. Of("IoctlStart").Where(p => p.GetProperty("operation").GetString() == "Receive")];
        ulong request = Assert.Single(receives).GetProperty("requestId").GetUInt64();
        Assert.Contains(Of("IrpPending"), p => p.GetProperty("requestId").GetUInt64() == request);
        JsonElement stop = Of("IoctlStop").Single(p => p.GetProperty("requestId").GetUInt64() == request);
        Assert.Equal(("STATUS_SUCCESS", 2), (stop.GetProperty("status").GetString(), stop.GetProperty("information").GetInt32()));
        Assert.Contains(Of("InvalidArgument"), p => p.GetProperty("check").GetString()!.Contains("io.method", StringComparison.Ordinal));

        IEnumerable<JsonElement> Of(string name) =>
            events.Where(e => e.GetProperty("event").GetString() == name).Select(e => e.GetProperty("payload"));
    }
}
