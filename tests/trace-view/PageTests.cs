using System.Text.Json;
using KernelSim.TraceAnalysis;
using KernelSim.TraceAnalysis.Events;
using KernelSim.TraceView.Tests.Support;

namespace KernelSim.TraceView.Tests;

/// <summary>What is written into a page: whole, escaped, the same each time, and small.</summary>
public sealed class PageTests(Traces traces)
{
    [Fact]
    public void The_same_trace_gives_the_same_bytes() => Assert.Equal(Write(traces.Tour), Write(TraceReader.Read(traces.TourFile)));

    [Fact]
    public void A_page_that_is_made_event_by_event_is_that_of_the_whole_trace()
    {
        foreach (TraceLog log in (TraceLog[])[traces.Tour, traces.FourBytes, traces.Flagged])
        {
            TracePageBuilder builder = new();
            foreach (TracedEvent e in log.Events)
            {
                builder.Add(e);
            }

            if (builder.NeedsMore)
            {
                foreach (TracedEvent e in log.Events)
                {
                    builder.AddAgain(e);
                }
            }

            using StringWriter page = new();
            builder.Write(log.Totals, new TracePageOptions(), page);
            Assert.Equal(Write(log), page.ToString());
        }
    }

    [Fact]
    public void A_page_says_whether_first_calls_are_cold_and_the_tour_that_is_kept_is_warm()
    {
        Assert.True(Data(Write(traces.Tour)).GetProperty("cold").GetBoolean());
        Assert.False(Data(Write(traces.Tour, new TracePageOptions { IsWarm = true })).GetProperty("cold").GetBoolean());
        Assert.False(Data(Write(new TraceLog([.. traces.Tour.Events.Where(e => e is not MachineStartEvent)]))).GetProperty("cold").GetBoolean());
        Assert.False(Data(File.ReadAllText(traces.TourPage)).GetProperty("cold").GetBoolean());
    }

    [Theory]
    [InlineData("</script><script>alert(1)</script>")]
    [InlineData("<!--TITLE-->")]
    [InlineData("<!-- <script> ]]> & \" ' \u2028")]
    public void Nothing_in_a_trace_can_end_the_script_or_begin_a_tag(string text)
    {
        TraceLog log = new([Event("ProcessStart", ("name", text), ("processId", 8))]);
        string page = Write(log, new TracePageOptions { Title = text, Source = text });

        string clean = Write(
            new TraceLog([Event("ProcessStart", ("name", "x"), ("processId", 8))]), new TracePageOptions { Title = "x", Source = "x" });
        foreach (string sign in (string[])["<script", "</script", "<!--"])
        {
            Assert.Equal(Count(clean, sign), Count(page, sign));
        }

        Assert.Equal(text, Data(page).GetProperty("title").GetString());
        Assert.Contains(text, Data(page).GetProperty("strings").EnumerateArray().Select(s => s.GetString()));
    }

    [Fact]
    public void A_page_forbids_itself_the_network()
    {
        string page = Write(traces.Tour);

        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https:", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=", page, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void A_hundred_thousand_events_take_a_few_megabytes()
    {
        Assert.True(traces.Large.Events.Count >= 100_000);

        Assert.InRange(new FileInfo(traces.LargePage).Length, 500_000, 6_000_000);
    }

    [Fact]
    public void Every_check_that_occurs_comes_with_its_row_of_the_table()
    {
        JsonElement checks = Data(Write(traces.Tour)).GetProperty("checks");

        Assert.All(
            traces.Tour.Events.OfType<SizeCheckEvent>().Select(e => e.Check).Distinct(),
            id => Assert.Equal(Protocol.Checks.CheckTable.Find(id)!.Formula, checks.GetProperty(id).GetProperty("formula").GetString()));
    }

    [Fact]
    public void The_verb_writes_the_page_that_the_library_writes()
    {
        string path = traces.NewPath("verb.html");
        Assert.Equal(0, Traces.Tool("trace", "view", traces.TourFile, "-o", path));

        Assert.Equal(Write(traces.Tour, new TracePageOptions { Source = Path.GetFileName(traces.TourFile) }), File.ReadAllText(path));
    }

    [Fact]
    public void The_verb_fails_on_what_is_no_trace_and_where_it_cannot_write()
    {
        Assert.Equal(1, Traces.Tool("trace", "view", traces.TourPage, "-o", traces.NewPath("none.html")));
        Assert.Equal(1, Traces.Tool("trace", "view", traces.TourFile, "-o", "/no/such/folder/page.html"));
        Assert.Equal(1, Traces.Tool("trace", "view", "/no/such/file.nettrace"));
    }

    internal static TracedEvent Event(string name, params (string Name, object Value)[] fields)
    {
        (string Name, object Value)[] all = [("requestId", 0UL), ("processor", -1), .. fields];
        return new OtherEvent(new EventHeader(
            0, 10, "KernelSim-Kernel", name, "Informational", new EventPayload([.. all.Select(f => f.Name)], [.. all.Select(f => f.Value)])));
    }

    internal static JsonElement Data(string page)
    {
        const string Open = "id=\"data\">";
        int from = page.IndexOf(Open, StringComparison.Ordinal) + Open.Length;
        using JsonDocument document = JsonDocument.Parse(page[from..page.IndexOf("</script>", from, StringComparison.Ordinal)]);
        return document.RootElement.Clone();
    }

    internal static string Write(TraceLog log, TracePageOptions? options = null)
    {
        using StringWriter output = new();
        TracePage.Write(log, options ?? new TracePageOptions(), output);
        return output.ToString();
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
