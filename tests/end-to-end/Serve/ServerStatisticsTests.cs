using System.Text.Json;
using KernelSim.EndToEnd.Tests.Script;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary><c>server_statistics</c>: a machine's counters, for whoever watches it.</summary>
public sealed class ServerStatisticsTests
{
    private const string Ask = """{"op":"server_statistics"}""";

    [Fact]
    public void Counting_begins_when_somebody_asks_and_counts_what_other_clients_do()
    {
        using ServerProcess server = ServerProcess.With("--cpus", "3");
        using LineClient worker = server.Connect();
        worker.Expect(3, LabScript.CreateHash);
        using LineClient watcher = server.Connect();

        JsonElement first = watcher.Expect(0, Ask);
        worker.Expect(0, """{"op":"map_update_elem","fd":"h","key":"01000000","value":"0200000000000000"}""");
        worker.Expect(-2, """{"op":"map_lookup_elem","fd":"h","key":"09000000"}""");
        JsonElement second = watcher.Expect(0, Ask);

        Assert.Equal(0, first.GetProperty("calls").GetInt64());
        Assert.Equal(2, second.GetProperty("calls").GetInt64());
        Assert.Equal(1, second.GetProperty("failed").GetInt64());
        Assert.Equal(2, second.GetProperty("ioctls").GetInt64());
        Assert.True(second.GetProperty("bytes").GetInt64() > 0);
        Assert.True(second.GetProperty("elapsed_us").GetInt64() > first.GetProperty("elapsed_us").GetInt64());
        Assert.Equal(1, second.GetProperty("processes").GetInt32());
        Assert.Equal([0, 1, 2], second.GetProperty("processors").EnumerateArray().Select(p => p.GetProperty("number").GetInt32()));
        Assert.Equal("hash", Assert.Single(second.GetProperty("maps").EnumerateArray()).GetProperty("type").GetString());
    }

    [Fact]
    public void A_refusal_is_counted_by_its_check()
    {
        using ServerProcess server = ServerProcess.With();
        using LineClient client = server.Connect();
        client.Expect(3, LabScript.CreateHash);
        client.Expect(0, Ask);

        client.Expect(-22, """{"op":"map_update_elem","fd":"h","key":"01000000","value":"02"}""");

        JsonElement refusals = client.Expect(0, Ask).GetProperty("refusals");
        Assert.Equal(1, refusals.GetProperty("api.update.value_size").GetInt64());
    }

    [Fact]
    public void A_watcher_is_no_process_of_the_machine()
    {
        using ServerProcess server = ServerProcess.With();
        using LineClient watcher = server.Connect();

        Assert.Equal(0, watcher.Expect(0, Ask).GetProperty("processes").GetInt32());
    }
}
