using System.Diagnostics.Tracing;
using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<string, string> Events => TraceEventCase.Names;

    /// <summary>Nothing is graver than critical: level 0 asks for everything.</summary>
    public static TheoryData<string, string> EventsBelowCritical =>
        [.. TraceEventCase.All.Where(e => e.Attribute.Level > EventLevel.Critical).Select(e => (e.Provider.Name, e.Name))];

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_reaches_a_listener_that_asks_for_its_level_and_any_one_of_its_keywords(string provider, string name)
    {
        TraceEventCase expected = TraceEventCase.Find(provider, name);
        foreach (EventKeywords keyword in BitsOf(expected.Attribute.Keywords))
        {
            IReadOnlyList<RecordedEvent> heard =
                EventRecorder.Record(expected.Provider, expected.Attribute.Level, keyword, expected.CompileCall());

            Assert.Single(heard).AssertIs(expected);
        }
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_is_silent_for_a_listener_that_asks_for_every_keyword_but_its_own(string provider, string name)
    {
        TraceEventCase unwanted = TraceEventCase.Find(provider, name);
        EventKeywords others = (EventKeywords)0xFFFF & ~unwanted.Attribute.Keywords;

        Assert.Empty(EventRecorder.Record(unwanted.Provider, EventLevel.Verbose, others, unwanted.CompileCall()));
    }

    [Theory]
    [MemberData(nameof(EventsBelowCritical))]
    public void An_event_is_silent_for_a_listener_that_asks_for_graver_levels_only(string provider, string name)
    {
        TraceEventCase unwanted = TraceEventCase.Find(provider, name);
        EventLevel graver = unwanted.Attribute.Level - 1;

        Assert.Empty(EventRecorder.Record(unwanted.Provider, graver, EventKeywords.All, unwanted.CompileCall()));
    }

    [Fact]
    public void A_session_for_everything_but_instructions_hears_all_other_events()
    {
        string[] instructions = [nameof(KernelEventSource.Instruction), nameof(KernelEventSource.InstructionsNotRecorded)];
        foreach (TraceEventCase each in TraceEventCase.All)
        {
            int heard = EventRecorder.Record(each.Provider, EventLevel.Verbose, KernelEventSource.AllButInstructions, each.CompileCall()).Count;
            Assert.Equal((each.Name, instructions.Contains(each.Name) ? 0 : 1), (each.Name, heard));
        }
    }

    [Fact]
    public async Task Every_event_arrives_whole_and_in_order_through_event_pipe()
    {
        Action[] calls = [.. TraceEventCase.All.Select(e => e.CompileCall())];

        IReadOnlyList<RecordedEvent> heard = await EventPipeRecording.Record(() => Array.ForEach(calls, call => call()));

        Assert.Equal(TraceEventCase.All.Count, heard.Count);
        Assert.All(heard, (recorded, i) => recorded.AssertIs(TraceEventCase.All[i]));
    }

    [Fact]
    public async Task The_bytes_of_every_event_decode_by_the_manifest_on_file()
    {
        Dictionary<string, ManifestDecoder> manifests = TraceEventCase.Providers.ToDictionary(p => p.Name, p => ManifestDecoder.Load(p.Name));
        Action[] calls = [.. TraceEventCase.All.Select(e => e.CompileCall())];

        IReadOnlyList<RecordedEvent> heard = await EventPipeRecording.Record(() => Array.ForEach(calls, call => call()));

        Assert.Equal(TraceEventCase.All.Count, heard.Count);
        Assert.All(heard, recorded => Assert.Equal(recorded.Payload, manifests[recorded.Provider].Decode(recorded.Id, recorded.Wire)));
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void An_event_reaches_a_listener_that_asks_for_nothing_but_its_channel(string provider, string name)
    {
        TraceEventCase expected = TraceEventCase.Find(provider, name);
        EventKeywords channel = ManifestDecoder.Load(provider).KeywordOf(expected.Attribute.Channel);

        Assert.Single(EventRecorder.Record(expected.Provider, EventLevel.Verbose, channel, expected.CompileCall())).AssertIs(expected);
    }

    [Theory]
    [InlineData(true, 1u)]
    [InlineData(false, 0u)]
    public async Task Passed_is_an_integer_for_every_reader(bool passed, uint onTheWire)
    {
        void Check()
        {
            KernelEventSource.Log.SizeCheck(1, 0, "core.dispatch.length", "request", 8, 64, passed);
            UserApiEventSource.Log.SizeCheck(1, "api.lookup_batch.values", "values", 8, 64, passed);
        }

        IReadOnlyList<RecordedEvent> heard = await EventPipeRecording.Record(Check);

        Assert.Equal(2, heard.Count);
        Assert.All(heard, recorded => Assert.Equal(KeyValuePair.Create("passed", (object)onTheWire), recorded.OwnFields.Last()));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("x", 0)]
    [InlineData("x", 10_000)]
    public async Task A_string_of_any_length_arrives_whole_and_null_arrives_empty(string? unit, int length)
    {
        string? text = unit is null ? null : string.Concat(Enumerable.Repeat(unit, length));

        IReadOnlyList<RecordedEvent> heard = await EventPipeRecording.Record(
            () => UserApiEventSource.Log.ErrnoMapped(1, text!, "STATUS_SUCCESS", text!, "0"));

        Assert.Equal([text ?? string.Empty, "STATUS_SUCCESS", text ?? string.Empty, "0"], Assert.Single(heard).OwnFields.Select(f => f.Value));
    }

    private static IEnumerable<EventKeywords> BitsOf(EventKeywords keywords)
    {
        for (int bit = 0; bit < 44; bit++)
        {
            EventKeywords keyword = (EventKeywords)(1L << bit);
            if ((keywords & keyword) != 0)
            {
                yield return keyword;
            }
        }
    }
}
