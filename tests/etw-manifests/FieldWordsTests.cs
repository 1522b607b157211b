using KernelSim.Tracing.Tests.Support;

namespace KernelSim.Tracing.Tests;

public sealed class FieldWordsTests
{
    public static TheoryData<string, string> Events => TraceEventCase.Names;

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
