using System.Text.Json;

namespace KernelSim.EndToEnd.Tests.Tour;

/// <summary>The tour with the counter in C: the same numbers, and how the program got into the kernel.</summary>
public sealed class TourObjectTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(33)]
    public async Task The_program_in_c_counts_what_the_one_in_csharp_counts(int cpus)
    {
        JsonElement inC = (await TourRun.Of($"-j --program c --cpus {cpus}")).Call("right", update: false);
        JsonElement inCSharp = (await TourRun.Of($"-j --cpus {cpus}")).Call("right", update: false);

        Assert.Equal("right", inC.GetProperty("ending").GetString());
        Assert.Equal(Records(inCSharp), Records(inC));
    }

    [Fact]
    public async Task The_document_says_how_the_program_got_into_the_kernel()
    {
        JsonElement program = (await TourRun.Of("-j --program c --cpus 4")).Json().GetProperty("program");
        string?[] operations = [.. program.GetProperty("requests").EnumerateArray().Select(r => r.GetProperty("operation").GetString())];

        Assert.Equal("samples/c/counter.c", program.GetProperty("source").GetString());
        Assert.Equal(new FileInfo(Repository.PathOf("samples", "c", "counter.o")).Length, program.GetProperty("object_bytes").GetInt64());
        Assert.Equal("create_map", operations[0]);
        Assert.Equal(["load_code", "link_program"], operations[^2..]);
        Assert.All(program.GetProperty("requests").EnumerateArray(), r => Assert.Equal("STATUS_SUCCESS", r.GetProperty("status").GetString()));
        Assert.Contains(
            program.GetProperty("excerpt").EnumerateArray(),
            i => i.GetProperty("source").GetString() == "counters->packets++;" && i.GetProperty("text").GetString() == "w1 += 1");
    }

    [Fact]
    public async Task The_document_of_the_program_in_csharp_has_no_such_member() =>
        Assert.False((await TourRun.Of("-j --cpus 4")).Json().TryGetProperty("program", out _));

    [Fact]
    public async Task The_lines_of_c_are_those_of_the_sample()
    {
        JsonElement program = (await TourRun.Of("-j --program c --cpus 4")).Json().GetProperty("program");
        string[] source = Repository.ReadText("samples", "c", "counter.c").Split('\n');

        Assert.All(
            program.GetProperty("excerpt").EnumerateArray(),
            i => Assert.Equal(source[i.GetProperty("line").GetInt32() - 1].Trim(), i.GetProperty("source").GetString()));
    }

    [Fact]
    public async Task Text_and_page_tell_of_it_before_the_first_chapter()
    {
        using TempFolder folder = new();
        string page = Path.Combine(folder.Path, "tour.html");
        TourRun run = await TourRun.Start($"--program c --html \"{page}\"");
        string html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.InRange(run.Out.IndexOf("counters->packets++;", StringComparison.Ordinal), 1, run.Out.IndexOf("━━ 1 ·", StringComparison.Ordinal));
        Assert.Contains("counters-&gt;packets++;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_program_is_refused()
    {
        ToolRun run = ToolRun.Of("tour", "--program", "java");

        Assert.Equal(2, run.ExitCode);
        Assert.StartsWith("kernelsim: tour: --program: 'java' given, expected csharp or c\n", run.Error, StringComparison.Ordinal);
    }

    private static Dictionary<uint, string> Records(JsonElement call) => call.GetProperty("records").EnumerateArray()
        .ToDictionary(r => r.GetProperty("key").GetUInt32(), r => r.GetProperty("values").GetRawText());
}
