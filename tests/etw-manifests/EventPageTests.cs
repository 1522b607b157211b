using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class EventPageTests
{
    private static readonly string s_path = Repository.PathOf("etw-manifests", "events.md");

    public static TheoryData<string, string> Events => TraceEventCase.Names;

    [Fact]
    public void The_page_of_events_on_file_is_the_one_that_the_providers_make()
    {
        string made = EventPage.Make();
        GeneratedFile.WriteIfAsked(s_path, made);

        string onFile = File.Exists(s_path) ? Repository.ReadText(s_path) : string.Empty;
        Assert.True(made == onFile, $"{s_path} is not what the providers make. {GeneratedFile.HowToWrite}");
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Every_field_of_an_event_has_its_words(string provider, string name)
    {
        Assert.All(TraceEventCase.Find(provider, name).Fields, field => Assert.False(string.IsNullOrEmpty(FieldWords.Of(name, field))));
    }

    [Fact]
    public void There_are_no_words_for_a_field_that_no_event_has()
    {
        HashSet<string> fields = [.. TraceEventCase.All.SelectMany(e => e.Fields.SelectMany(f => new[] { f, $"{e.Name}.{f}" }))];

        Assert.All(FieldWords.Rows, row => Assert.Contains(row, fields));
    }
}
