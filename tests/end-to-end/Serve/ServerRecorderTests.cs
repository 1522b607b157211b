using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Serve;

/// <summary>The flight recorder over a connection.</summary>
public sealed class ServerRecorderTests(ServerProcess server) : IClassFixture<ServerProcess>
{
    [Fact]
    public void A_client_reads_what_another_one_did_and_starts_no_process_for_that()
    {
        using LineClient worker = server.Connect();
        worker.Expect(3, """{"op":"map_create","as":"m","type":"percpu_hash","name":"seen","key_size":4,"value_size":12,"max_entries":8}""");
        worker.Ask("""{"op":"gate_ioctl","message":"18000000050000000000000000000000000000000100","reply_size":8}""");

        using LineClient reader = server.Connect();
        JsonElement answer = reader.Ask("""{"id":"r","op":"flight_recorder","count":2000}""");
        Assert.Equal(("r", 0), (answer.GetProperty("id").GetString(), answer.GetProperty("ret").GetInt32()));
        JsonElement[] records = [.. answer.GetProperty("records").EnumerateArray()];
        Assert.All(records, r => Assert.Equal(
            ["sequence", "processor", "kind", "request", "text"], r.EnumerateObject().Select(m => m.Name)));
        Assert.Contains(records, r => Text(r).StartsWith("create_map pid ", StringComparison.Ordinal) && Kind(r) == "completed");
        Assert.Contains(records, r => Text(r).Contains(" refused pid ", StringComparison.Ordinal) && Kind(r) == "refusal");

        int starts = records.Count(r => Kind(r) == "process_start");
        JsonElement[] newest = [.. reader.Ask("""{"op":"flight_recorder","count":2000}""").GetProperty("records").EnumerateArray()];
        Assert.Equal(starts, newest.Count(r => Kind(r) == "process_start"));
        Assert.Equal(3, reader.Ask("""{"op":"flight_recorder","count":3}""").GetProperty("records").GetArrayLength());
        Assert.InRange(reader.Ask("""{"op":"flight_recorder"}""").GetProperty("records").GetArrayLength(), 1, 100);
    }

    [Theory]
    [InlineData("""{"op":"flight_recorder","count":-1}""")]
    [InlineData("""{"op":"flight_recorder","count":"all"}""")]
    [InlineData("""{"op":"flight_recorder","notes":true}""")]
    [InlineData("""{"op":"server_hello","count":1}""")]
    public void A_request_with_what_it_does_not_take_is_refused(string line)
    {
        using LineClient client = server.Connect();
        client.Send(line + "\n");
        Assert.Contains("\"error\"", client.Receive(), StringComparison.Ordinal);
    }

    private static string Kind(JsonElement record) => record.GetProperty("kind").GetString()!;

    private static string Text(JsonElement record) => record.GetProperty("text").GetString()!;
}
