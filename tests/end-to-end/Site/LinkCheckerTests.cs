using System.Text;
using KernelSim.DocsSite;

namespace KernelSim.EndToEnd.Tests.Site;

/// <summary>What the link checker of the documentation site finds.</summary>
public sealed class LinkCheckerTests : IDisposable
{
    private readonly TempFolder _site = new();

    [Fact]
    public void A_sound_site_has_no_dead_link()
    {
        Add("index.html", """
            <link rel="stylesheet" href="public/main.css"><a href="sub/page.html#part&amp;more">in</a> <a href="#here">here</a>
            <a href="sub/">folder</a>
            <a href="https://example.org/x?y=1#z">out</a> <a href="mailto:a@example.org">mail</a> <img src="data:image/png;base64,AA=="><p id="here">
            """);
        Add("sub/page.html", """
            <h2 id="part&amp;more">Part</h2><a name="old"></a><a href="../index.html">up</a> <a href="#">top</a> <a href="page.html#old">x</a>
            """);
        Add("sub/index.html", "<p>");
        Add("public/main.css", "@font-face { src: url('font.woff2') } a { background: url(data:image/png;base64,AA==) }");
        Add("public/font.woff2", "");

        LinkChecker checker = new(_site.Path);

        Assert.Empty(checker.Check());
        Assert.Equal(3, checker.PageCount);
        Assert.Equal(10, checker.LinkCount);
    }

    [Theory]
    [InlineData("""<a href="gone.html">x</a>""", "gone.html", "no such file: gone.html")]
    [InlineData("""<a href='sub/gone.html#part'>x</a>""", "sub/gone.html#part", "no such file: sub/gone.html")]
    [InlineData("""<a href=Page.html>x</a>""", "Page.html", "no such file: Page.html")]
    [InlineData("""<img alt="a > b" src="gone.svg">""", "gone.svg", "no such file: gone.svg")]
    [InlineData("""<script src="gone.js"></script>""", "gone.js", "no such file: gone.js")]
    [InlineData("""<meta name="docfx:tocrel" content="gone/toc.html">""", "gone/toc.html", "no such file: gone/toc.html")]
    [InlineData("""<a href="page.html#gone">x</a>""", "page.html#gone", "no such anchor in page.html")]
    [InlineData("""<a href="#gone">x</a>""", "#gone", "no such anchor in index.html")]
    [InlineData("""<a href="../outside.html">x</a>""", "../outside.html", "leads out of the site")]
    [InlineData("""<a href="/page.html">x</a>""", "/page.html", "starts at the host's root")]
    [InlineData("""<a href="htp://example.org">x</a>""", "htp://example.org", "expected a well-formed http or https address")]
    [InlineData("""<a href="https://">x</a>""", "https://", "expected a well-formed http or https address")]
    [InlineData("""<script src="https://cdn.example.org/x.js"></script>""", "https://cdn.example.org/x.js", "is loaded from another host")]
    [InlineData("""<link rel="stylesheet" href="//cdn.example.org/x.css">""", "//cdn.example.org/x.css", "http")]
    public void A_dead_link_is_named_with_its_page_and_the_reason(string html, string target, string reason)
    {
        Add("index.html", html);
        Add("page.html", "<p id='part'>");

        DeadLink dead = Assert.Single(new LinkChecker(_site.Path).Check());

        Assert.Equal(("index.html", target), (dead.Page, dead.Target));
        Assert.Contains(reason, dead.Reason, StringComparison.Ordinal);
        Assert.StartsWith($"index.html: {target}: ", dead.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""<!-- <a href="gone.html"> -->""")]
    [InlineData("""<script>const a = '<a href="gone.html">'</script>""")]
    [InlineData("""<pre>&lt;a href="gone.html"&gt;</pre>""")]
    public void What_is_no_element_has_no_links(string html)
    {
        Add("index.html", html);

        Assert.Empty(new LinkChecker(_site.Path).Check());
    }

    [Fact]
    public void A_style_sheet_that_names_a_missing_file_is_found()
    {
        Add("public/main.css", "a { background: url(gone.png) }");

        DeadLink dead = Assert.Single(new LinkChecker(_site.Path).Check());

        Assert.Equal(("public/main.css", "gone.png", "no such file: public/gone.png"), (dead.Page, dead.Target, dead.Reason));
    }

    [Fact]
    public void The_command_exits_with_1_and_names_page_and_link()
    {
        Add("index.html", """<a href="gone.html">x</a>""");
        using StringWriter output = new();
        using StringWriter error = new() { NewLine = "\n" };

        int exitCode = SiteCommand.Run(["check", _site.Path], output, error);

        Assert.Equal(1, exitCode);
        Assert.Equal("docs-site: dead link: index.html: gone.html: no such file: gone.html\n", error.ToString());
    }

    [Theory]
    [InlineData("check", "/nowhere/at/all")]
    [InlineData("-o")]
    [InlineData("--fast")]
    public void Wrong_usage_exits_with_2(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();

        Assert.Equal(2, SiteCommand.Run(args, output, error));
        Assert.Contains("expected", error.ToString(), StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public void Dispose() => _site.Dispose();

    private void Add(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(_site.Path, name))!);
        _site.Add(name, Encoding.UTF8.GetBytes(text));
    }
}
