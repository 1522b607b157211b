using System.Text.RegularExpressions;
using KernelSim.DocsSite;
using KernelSim.DocsSite.Slides;

namespace KernelSim.EndToEnd.Tests.Site;

/// <summary>The slides of a page: which they are, and that their file needs nothing but itself.</summary>
public sealed class SlideTests
{
    private const string Page = """
        # A page

        Not on a slide.

        ## First part

        Says the teacher first.

        > #### A *question*
        >
        > See [labs](labs.md) and [the web](https://example.org/).
        >
        > **Question.** Why?
        >
        > **Answer.** Because `x < y`.
        >
        > ```console
        > $ kernelsim tour
        > ```

        Students say <script>alert(1)</script>.

        > A quotation, and no slide.

        ## No slides here

        Text.
        """;

    [Fact]
    public void Quoted_blocks_with_a_heading_are_slides_and_the_text_between_them_is_notes()
    {
        IReadOnlyList<Slide> slides = Read(Page);

        Assert.Equal([("First part", true), ("A question", false)], slides.Select(s => (s.Title, s.IsSection)));
        Assert.Contains("Says the teacher first.", slides[0].Notes, StringComparison.Ordinal);
        Assert.Contains("A quotation", slides[1].Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("Text.", slides[1].Notes, StringComparison.Ordinal);
    }

    [Fact]
    public void An_answer_and_all_that_follows_it_is_closed_at_first()
    {
        Slide slide = Read(Page)[1];

        Assert.Contains("Why?", slide.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Because", slide.Body, StringComparison.Ordinal);
        Assert.Contains("x &lt; y", slide.Answer, StringComparison.Ordinal);
        Assert.Contains("$ kernelsim tour", slide.Answer, StringComparison.Ordinal);
        Assert.Contains("<details class=\"answer\"><summary>", SlidePage.Make("t", [slide]), StringComparison.Ordinal);
    }

    [Fact]
    public void Markup_of_the_page_is_text_and_links_to_files_are_words()
    {
        Slide slide = Read(Page)[1];

        Assert.Contains("&lt;script&gt;", slide.Notes, StringComparison.Ordinal);
        Assert.DoesNotContain("labs.md", slide.Body, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://example.org/\">", slide.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_without_slides_or_with_a_missing_image_is_refused()
    {
        Assert.Throws<SiteException>(() => Read("# Nothing\n\n> quoted\n"));
        SiteException missing = Assert.Throws<SiteException>(() => Read("> #### A\n>\n> ![b](none.svg)\n"));
        Assert.Contains("none.svg", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_command_makes_one_file_of_the_plan_that_loads_nothing()
    {
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "slides.html");
        using StringWriter output = new();
        using StringWriter error = new();
        string page = SlidePage.Of(Repository.Root);

        Assert.True(page.Length > 10_000);
        Assert.All(
            Regex.Matches(page, "<(img|script|link|iframe)[^>]*>").Select(m => m.Value), tag => Assert.Matches("^<script>$|src=\"data:", tag));
        Assert.Equal(6, Regex.Count(page, "class=\"slide part\""));
        Assert.True(Regex.Count(page, "<details class=\"answer\">") >= 10);
        Assert.Equal(2, SiteCommand.Run(["slides", "-x", file], output, error));
        Assert.Contains("given, expected", error.ToString(), StringComparison.Ordinal);
    }

    private static IReadOnlyList<Slide> Read(string page) => new SlideReader(new InlineImages(Repository.PathOf("docs"))).Read(page);
}
