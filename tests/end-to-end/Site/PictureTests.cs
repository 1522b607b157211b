using System.Buffers.Binary;
using KernelSim.DocsSite;
using KernelSim.DocsSite.Pictures;

namespace KernelSim.EndToEnd.Tests.Site;

/// <summary>The pictures of the documentation, made again.</summary>
public sealed class PictureTests
{
    [Fact]
    public void Every_picture_is_in_the_documentation_and_on_a_page_of_it()
    {
        string pages = string.Concat(Directory.EnumerateFiles(Repository.PathOf("docs"), "*.md").Select(File.ReadAllText));

        Assert.All(PictureTable.All, picture =>
        {
            Assert.True(File.Exists(Repository.PathOf("docs", picture.File)), picture.File);
            Assert.Contains($"]({picture.File})", pages, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_terminal_is_drawn_with_its_colours_and_columns()
    {
        AnsiLine line = AnsiLine.Parse("ab \e[1;38;5;196mred\e[0m \e[48;5;16mback\e[0m<&");

        Assert.Equal("ab red back<&", line.Text);
        Assert.Equal(new AnsiSpan("red", "#ff0000", null, true), line.Spans[1]);
        Assert.Equal(new AnsiSpan("back", null, "#000000", false), line.Spans[3]);
        string svg = TerminalSvg.Draw("$ x", [line], 80);
        Assert.Contains("textLength=\"25.2\" fill=\"#ff0000\" font-weight=\"bold\">red</text>", svg, StringComparison.Ordinal);
        Assert.Contains("&lt;&amp;", svg, StringComparison.Ordinal);
    }

    [Fact]
    public void A_page_is_drawn_at_its_size_and_is_not_blank()
    {
        Assert.SkipWhen(HeadlessBrowser.Path is null, "no Chromium on the PATH");
        using TempFolder folder = new();
        string file = Path.Combine(folder.Path, "trace-viewer.png");
        IPicture picture = PictureTable.All.Single(p => p.File == "trace-viewer.png");
        try
        {
            picture.Make(Repository.Root, file);
        }
        catch (SiteException e) when (e.Message.Contains(Path.GetFileName(HeadlessBrowser.Path!), StringComparison.Ordinal))
        {
            Assert.Skip($"Chromium does not draw here: {e.Message.Split('\n')[0]}");
        }

        byte[] png = File.ReadAllBytes(file);
        byte[] committed = File.ReadAllBytes(Repository.PathOf("docs", "trace-viewer.png"));
        Assert.Equal(SizeOf(committed), SizeOf(png));
        Assert.True(png.Length > 40_000, $"A picture of {png.Length} bytes shows next to nothing.");
    }

    [Fact]
    public void A_picture_that_there_is_not_is_refused()
    {
        using StringWriter output = new();
        using StringWriter error = new();

        Assert.Equal(2, SiteCommand.Run(["pictures", "none.png"], output, error));
        Assert.Contains("'none.png' given, expected one of teaching-tour.svg", error.ToString(), StringComparison.Ordinal);
    }

    private static (int Width, int Height) SizeOf(byte[] png) =>
        (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
}
