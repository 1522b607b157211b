using Markdig;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace KernelSim.DocsSite.Slides;

/// <summary>
/// Finds the slides of a page of Markdown: a quoted block that begins with a heading is a slide. In it, what begins with <c>**Answer.**</c> is the
/// answer. A heading of the second level with slides below it is a slide of its own. All other text is notes of the slide before it.
/// </summary>
/// <param name="images">Puts the page's images into the slides.</param>
internal sealed class SlideReader(InlineImages images)
{
    private const string AnswerMark = "Answer.";

    /// <summary>Markup of a page is shown as text: a slide must not load anything.</summary>
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().DisableHtml().Build();

    /// <summary>Returns the slides of a page, in its order.</summary>
    /// <exception cref="SiteException">The page has none, or shows an image that cannot be put into it.</exception>
    public IReadOnlyList<Slide> Read(string page)
    {
        MarkdownDocument document = Markdig.Markdown.Parse(page, s_pipeline);
        MakeSelfContained(document);
        List<Slide> slides = [];
        List<Block> notes = [];
        bool isInSection = false;
        foreach (Block block in document.ToArray())
        {
            if (block is HeadingBlock { Level: <= 2 } section)
            {
                Note(slides, notes);
                isInSection = section.Level == 2 && HasSlides(document, section);
                if (isInSection)
                {
                    slides.Add(new Slide(PlainText(section), Html([section]), string.Empty, string.Empty, string.Empty, IsSection: true));
                }
            }
            else if (block is QuoteBlock quote && quote.FirstOrDefault() is HeadingBlock heading)
            {
                Note(slides, notes);
                slides.Add(SlideOf(quote, heading));
            }
            else if (isInSection)
            {
                notes.Add(block);
            }
        }

        Note(slides, notes);
        return slides.Count > 0 ? slides : throw new SiteException("The page has no slides; expected quoted blocks that begin with a heading.");
    }

    /// <summary>Gives the notes that were collected to the last slide.</summary>
    private static void Note(List<Slide> slides, List<Block> notes)
    {
        if (notes.Count > 0)
        {
            slides[^1] = slides[^1] with { Notes = Html(notes) };
            notes.Clear();
        }
    }

    private static bool HasSlides(MarkdownDocument page, HeadingBlock section) => page
        .SkipWhile(b => b != section).Skip(1).TakeWhile(b => b is not HeadingBlock { Level: <= 2 })
        .Any(b => b is QuoteBlock quote && quote.FirstOrDefault() is HeadingBlock);

    private static Slide SlideOf(QuoteBlock quote, HeadingBlock heading)
    {
        Block[] rest = [.. quote.Skip(1)];
        int answer = Array.FindIndex(rest, IsAnswer);
        int shown = answer < 0 ? rest.Length : answer;
        return new Slide(PlainText(heading), Html([heading]), Html(rest[..shown]), Html(rest[shown..]), string.Empty, IsSection: false);
    }

    private static bool IsAnswer(Block block) =>
        block is ParagraphBlock { Inline.FirstChild: EmphasisInline { DelimiterCount: 2, FirstChild: LiteralInline text } }
            && text.Content.ToString() == AnswerMark;

    /// <summary>Images come into the slides; a link to another page of the repository, which is not where the slides are, becomes text.</summary>
    private void MakeSelfContained(MarkdownDocument document)
    {
        foreach (LinkInline link in document.Descendants<LinkInline>().ToArray())
        {
            if (link.IsImage)
            {
                link.Url = images.DataOf(link.Url ?? string.Empty);
            }
            else if (!Uri.IsWellFormedUriString(link.Url, UriKind.Absolute))
            {
                link.ReplaceBy(new ContainerInline(), copyChildren: true);
            }
        }
    }

    private static string PlainText(HeadingBlock heading)
    {
        using StringWriter text = new();
        HtmlRenderer renderer = new(text) { EnableHtmlForBlock = false, EnableHtmlForInline = false, EnableHtmlEscape = false };
        s_pipeline.Setup(renderer);
        renderer.Render(heading);
        return text.ToString().Trim();
    }

    private static string Html(IEnumerable<Block> blocks)
    {
        using StringWriter text = new() { NewLine = "\n" };
        HtmlRenderer renderer = new(text);
        s_pipeline.Setup(renderer);
        foreach (Block block in blocks)
        {
            renderer.Render(block);
        }

        return text.ToString();
    }
}
