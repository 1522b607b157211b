using System.Globalization;
using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Tour;

/// <summary>The numbers of the tour, from its JSON document: each follows from layout and machine, or from another number of the trace.</summary>
public sealed class TourFactsTests
{
    private const int ValueSize = 12;
    private const int Stride = 16;

    public static TheoryData<int> Cpus => [1, 2, 3, 4, 8, 33, 64];

    [Theory]
    [MemberData(nameof(Cpus))]
    public async Task The_kernel_counts_padding_and_cpus(int cpus)
    {
        JsonElement call = (await Run(cpus)).Call("right", update: false);

        Assert.All((string[])["application", "library", "kernel"], party => Assert.Equal((Stride, cpus, Stride * cpus), Belief(call, party)));

        Assert.Empty(call.GetProperty("first_disagreement").EnumerateArray());
    }

    [Theory]
    [MemberData(nameof(Cpus))]
    public async Task The_right_lookup_brings_what_was_counted_and_restored(int cpus)
    {
        TourRun run = await Run(cpus);
        JsonElement json = run.Json();
        JsonElement call = run.Call("right", update: false);

        Dictionary<uint, long[]> tallied = Flows(json.GetProperty("counted"))
            .Concat(Flows(json.GetProperty("restored")))
            .ToDictionary(f => f.Key, f => f.Packets);
        Dictionary<uint, long[]> read = Flows(call.GetProperty("records")).ToDictionary(f => f.Key, f => f.Packets);

        Assert.Equal("right", call.GetProperty("ending").GetString());
        Assert.Equal(tallied.Keys.Order(), read.Keys.Order());
        Assert.All(tallied, t => Assert.Equal(t.Value, read[t.Key]));
        Assert.Equal(100L * cpus, Flows(json.GetProperty("counted")).Sum(f => f.Packets.Sum()));
    }

    [Theory]
    [MemberData(nameof(Cpus))]
    public async Task The_sums_are_those_of_the_slots(int cpus)
    {
        JsonElement call = (await Run(cpus)).Call("right", update: false);

        foreach (JsonElement record in call.GetProperty("records").EnumerateArray())
        {
            Assert.All(
                (string[])["packets", "bytes", "drops"],
                counter => Assert.Equal(
                    record.GetProperty("values").EnumerateArray().Sum(v => v.GetProperty(counter).GetInt64()),
                    record.GetProperty("sum").GetProperty(counter).GetInt64()));
        }
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(4, true)]
    [InlineData(64, true)]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(64, false)]
    public async Task The_checked_library_refuses_before_one_byte_moves(int cpus, bool update)
    {
        JsonElement call = (await Run(cpus)).Call("checked", update);
        JsonElement refusal = call.GetProperty("refusal");
        int count = call.GetProperty("count").GetInt32();

        Assert.Equal(-22, call.GetProperty("ret").GetInt32());
        Assert.Equal("EINVAL", call.GetProperty("errno").GetString());
        Assert.Equal(update ? "api.update_batch.values_size" : "api.lookup_batch.values_size", refusal.GetProperty("check").GetString());
        Assert.StartsWith("KS12", refusal.GetProperty("code").GetString(), StringComparison.Ordinal);
        Assert.Equal(count * ValueSize, refusal.GetProperty("given").GetInt32());
        Assert.Equal(count * Stride * cpus, refusal.GetProperty("expected").GetInt32());
        Assert.Equal(0, refusal.GetProperty("copies_before").GetInt32());
        Assert.DoesNotContain(call.GetProperty("ledger").EnumerateArray(), r => r.GetProperty("kind").GetString() == "copy");
        Assert.All(
            call.GetProperty("heap_blocks").EnumerateArray(),
            b => Assert.Equal(b.GetProperty("before").GetString(), b.GetProperty("after").GetString()));
        Assert.Equal(["application", "library"], Disagreement(call));
    }

    [Theory]
    [InlineData("before-3564", true, "read", 1)]
    [InlineData("before-3564", true, "read", 4)]
    [InlineData("before-3564", true, "read", 64)]
    [InlineData("upstream-guarded", true, "read", 4)]
    [InlineData("upstream-guarded", false, "write", 1)]
    [InlineData("upstream-guarded", false, "write", 4)]
    [InlineData("upstream-guarded", false, "write", 64)]
    public async Task A_library_that_counts_cpus_leaves_the_buffer_of_a_caller_that_did_not(string chapter, bool update, string access, int cpus)
    {
        JsonElement call = (await Run(cpus)).Call(chapter, update);
        JsonElement fault = call.GetProperty("fault");
        JsonElement values = Block(call, "values");
        int total = Stride * cpus;
        int bytes = values.GetProperty("bytes").GetInt32();
        int element = bytes / total;

        Assert.Equal("crashed", call.GetProperty("ending").GetString());
        Assert.Equal(access, fault.GetProperty("access").GetString());
        Assert.Equal(Address(values, "address") + (ulong)bytes, Address(fault, "address"));
        Assert.Equal(Address(values, "address") + (ulong)(element * total), Address(fault, "start"));
        Assert.Equal(total, fault.GetProperty("length").GetInt32());
        Assert.Equal(element, fault.GetProperty("element").GetInt32());
        Assert.Equal(update ? "library:update_batch.values" : "library:lookup_batch.values", fault.GetProperty("site").GetString());
        Assert.Contains(
            call.GetProperty("ledger").EnumerateArray(),
            r => r.GetProperty("kind").GetString() == "fault" && Address(r, update ? "source" : "destination") == Address(fault, "address"));
        Assert.Equal(["application", "library"], Disagreement(call));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public async Task The_old_library_agrees_with_the_forgetful_caller_and_cuts_wrong_records(int cpus)
    {
        JsonElement call = (await Run(cpus)).Call("before-3564", update: false);

        Assert.Equal((0, "silently_wrong"), (call.GetProperty("ret").GetInt32(), call.GetProperty("ending").GetString()));
        Assert.Equal((ValueSize, 1, ValueSize), Belief(call, "application"));
        Assert.Equal((ValueSize, 1, ValueSize), Belief(call, "library"));
        Assert.Equal((Stride, cpus, Stride * cpus), Belief(call, "kernel"));
        Assert.Equal(["library", "kernel"], Disagreement(call));

        // What the library announces is the length of the kernel's records over its own.
        int wire = sizeof(uint) + (Stride * cpus);
        int cut = sizeof(uint) + ValueSize;
        int kernelRecords = Math.Min(12 * cut / wire, 12);
        Assert.Equal(kernelRecords * wire / cut, call.GetProperty("count_after").GetInt32());
    }

    [Fact]
    public async Task With_64_cpus_no_record_fits_the_old_librarys_reply()
    {
        JsonElement call = (await Run(64)).Call("before-3564", update: false);

        Assert.Equal("api.batch.records_returned", call.GetProperty("refusal").GetProperty("check").GetString());
        Assert.Equal("refused", call.GetProperty("ending").GetString());
    }

    [Fact]
    public async Task On_a_packed_heap_the_neighbour_is_overwritten_and_the_call_says_success()
    {
        JsonElement call = (await Run(4)).Call("upstream-packed", update: false);
        JsonElement settings = Block(call, "settings");
        ulong start = Address(settings, "address");
        ulong end = start + settings.GetProperty("bytes").GetUInt64();

        Assert.Equal((0, "silently_wrong"), (call.GetProperty("ret").GetInt32(), call.GetProperty("ending").GetString()));
        Assert.NotEqual(settings.GetProperty("before").GetString(), settings.GetProperty("after").GetString());
        Assert.Contains(
            call.GetProperty("ledger").EnumerateArray(),
            r => r.GetProperty("stage").GetString() == "Unmarshal" && Address(r, "destination") < end
                && Address(r, "destination") + r.GetProperty("bytes").GetUInt64() > start);
        Assert.Equal(12 * 64, call.GetProperty("ledger").EnumerateArray()
            .Where(r => r.GetProperty("stage").GetString() == "Unmarshal").Sum(r => r.GetProperty("bytes").GetInt64()) - (12 * sizeof(uint)));
    }

    [Fact]
    public async Task On_a_packed_heap_the_reporters_update_stores_other_blocks_as_counters()
    {
        TourRun run = await TourRun.Of("-j --heap packed");
        JsonElement call = run.Call("before-3564", update: true);

        Assert.Equal((0, "silently_wrong"), (call.GetProperty("ret").GetInt32(), call.GetProperty("ending").GetString()));
        Assert.Equal("packed", run.Json().GetProperty("machine").GetProperty("heap").GetString());
    }

    [Fact]
    public async Task Values_move_once_at_each_stage_and_keep_their_size()
    {
        JsonElement ledger = (await Run(4)).Call("right", update: true).GetProperty("ledger");

        Assert.Equal(Enumerable.Range(0, 8), Elements(ledger, "MapStore", 64));
        Assert.Equal(Enumerable.Range(0, 8), Elements(ledger, "Marshal", 64));
        Assert.Equal(Enumerable.Range(0, 8), Elements(ledger, "Marshal", 4));
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_document()
    {
        Assert.Equal((await TourRun.Of("-j")).Out, (await TourRun.Start("-j")).Out);
        Assert.NotEqual((await TourRun.Of("-j")).Out, (await TourRun.Of("-j --seed 2")).Out);
    }

    [Theory]
    [InlineData("before-3564", "before-3564")]
    [InlineData("upstream", "upstream-guarded,upstream-packed")]
    [InlineData("checked", "checked,right")]
    public async Task A_library_can_be_asked_for_alone(string library, string chapters)
    {
        JsonElement json = (await TourRun.Of($"-j --library {library}")).Json();

        Assert.Equal(chapters, string.Join(',', json.GetProperty("chapters").EnumerateArray().Select(c => c.GetProperty("id").GetString())));
    }

    private static Task<TourRun> Run(int cpus) => TourRun.Of($"-j --cpus {cpus}");

    private static (int Stride, int Cpus, int Total) Belief(JsonElement call, string party)
    {
        JsonElement witness = call.GetProperty("witnesses").GetProperty(party);
        return (witness.GetProperty("stride").GetInt32(), witness.GetProperty("cpus").GetInt32(), witness.GetProperty("total").GetInt32());
    }

    private static IEnumerable<string?> Disagreement(JsonElement call) =>
        call.GetProperty("first_disagreement").EnumerateArray().Select(p => p.GetString());

    private static JsonElement Block(JsonElement call, string name) =>
        call.GetProperty("heap_blocks").EnumerateArray().Single(b => b.GetProperty("name").GetString() == name);

    private static ulong Address(JsonElement element, string name) =>
        ulong.Parse(element.GetProperty(name).GetString()!.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private static IEnumerable<(uint Key, long[] Packets)> Flows(JsonElement flows) =>
        flows.EnumerateArray().Select(f => (
            f.GetProperty("key").GetUInt32(),
            f.GetProperty("values").EnumerateArray().Select(v => v.GetProperty("packets").GetInt64()).ToArray()));

    private static IEnumerable<int> Elements(JsonElement ledger, string stage, int bytes) =>
        ledger.EnumerateArray().Where(r => r.GetProperty("stage").GetString() == stage && r.GetProperty("bytes").GetInt64() == bytes)
            .Select(r => r.GetProperty("element").GetInt32());
}
