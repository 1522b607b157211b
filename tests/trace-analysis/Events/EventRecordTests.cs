using System.Diagnostics.Tracing;
using System.Reflection;
using KernelSim.TraceAnalysis.Events;
using KernelSim.Tracing;

namespace KernelSim.TraceAnalysis.Tests;

public class EventRecordTests
{
    /// <summary>The methods that write events, by the names of the events. Both providers may have one.</summary>
    private static readonly ILookup<string, MethodInfo> s_writers = new[] { typeof(KernelEventSource), typeof(UserApiEventSource) }
        .SelectMany(provider => provider.GetMethods(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        .Where(method => method.GetCustomAttribute<EventAttribute>() is not null)
        .ToLookup(method => method.Name);

    public static TheoryData<string> Rows => [.. EventCatalog.Readers.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_field_of_a_record_is_a_field_of_an_event_in_its_row(string name)
    {
        Assert.NotEmpty(s_writers[name]);
        RecordReader reader = EventCatalog.Readers[name];
        IEnumerable<string> written = EventCatalog.Readers.Where(row => row.Value == reader)
            .SelectMany(row => s_writers[row.Key])
            .SelectMany(writer => writer.GetParameters())
            .Select(parameter => parameter.Name!);
        Assert.Empty(reader.Fields.Except(written));
    }

    [Fact]
    public void Every_type_of_event_has_a_row()
    {
        IEnumerable<Type> records = typeof(TracedEvent).Assembly.GetTypes()
            .Where(t => t.IsSubclassOf(typeof(TracedEvent)) && t != typeof(OtherEvent));
        Assert.Empty(records.Except(EventCatalog.Readers.Values.Select(reader => reader.Record)));
    }

    [Fact]
    public void A_new_event_needs_its_record_only()
    {
        SampleEvent read = Read(("text", "a"), ("small", -1), ("big", long.MaxValue), ("address", ulong.MaxValue), ("flag", 1));
        Assert.Equal(("a", -1, long.MaxValue, ulong.MaxValue, true), (read.Text, read.Small, read.Big, read.Address, read.Flag));
    }

    [Fact]
    public void Fields_are_found_by_name_in_any_order()
    {
        SampleEvent read = Read(("flag", 0), ("new", 9), ("address", 5UL), ("big", 4L), ("small", 3), ("text", "b"));
        Assert.Equal(("b", 3, 4L, 5UL, false), (read.Text, read.Small, read.Big, read.Address, read.Flag));
    }

    [Fact]
    public void A_missing_field_reads_as_zero_or_empty()
    {
        SampleEvent read = Read();
        Assert.Equal((string.Empty, 0, 0L, 0UL, false), (read.Text, read.Small, read.Big, read.Address, read.Flag));
    }

    [Fact]
    public void A_field_that_another_version_wrote_with_another_type_is_converted()
    {
        SampleEvent read = Read(("text", 7), ("small", 8L), ("big", 9), ("address", -1L), ("flag", 2UL));
        Assert.Equal(("7", 8, 9L, ulong.MaxValue, true), (read.Text, read.Small, read.Big, read.Address, read.Flag));
    }

    [Fact]
    public void The_thousandth_record_is_made_as_the_first()
    {
        RecordReader reader = new(typeof(SampleEvent));
        (string, object)[] all = [("flag", 1), ("address", ulong.MaxValue), ("big", -4), ("small", 3L), ("text", "b")];
        for (int i = 0; i < 1000; i++)
        {
            SampleEvent read = Read(reader, all);
            Assert.Equal(("b", 3, -4L, ulong.MaxValue, true), (read.Text, read.Small, read.Big, read.Address, read.Flag));
        }

        SampleEvent other = Read(reader, [("text", 7), ("new", 9)]);
        Assert.Equal(("7", 0, 0L, 0UL, false), (other.Text, other.Small, other.Big, other.Address, other.Flag));
    }

    [Fact]
    public void A_record_with_a_field_that_no_event_can_have_is_refused_by_name()
    {
        NotSupportedException refusal = Assert.Throws<NotSupportedException>(() => new RecordReader(typeof(WrongEvent)));
        Assert.Equal("WrongEvent.Time: System.DateTime given, expected string, int, long, ulong or bool", refusal.Message);
    }

    private static SampleEvent Read(params (string Name, object Value)[] fields) => Read(new RecordReader(typeof(SampleEvent)), fields);

    private static SampleEvent Read(RecordReader reader, (string Name, object Value)[] fields)
    {
        EventPayload payload = new([.. fields.Select(f => f.Name)], [.. fields.Select(f => f.Value)]);
        return (SampleEvent)reader.Read(new EventHeader(0, 0, "P", "Sample", "Informational", payload));
    }

    private sealed record SampleEvent(EventHeader Header, string Text, int Small, long Big, ulong Address, bool Flag) : TracedEvent(Header);

    private sealed record WrongEvent(EventHeader Header, DateTime Time) : TracedEvent(Header);
}
