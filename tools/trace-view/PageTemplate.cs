namespace KernelSim.TraceView;

/// <summary><c>Assets/page.html</c>, split at its marks: <c>&lt;!--TITLE--&gt;</c> and so on, one for each <see cref="PageSlot"/>.</summary>
internal static class PageTemplate
{
    /// <summary>The page's parts, in order. The contents of one slot are never searched for the mark of another.</summary>
    public static IReadOnlyList<PagePart> Parts { get; } = Cut(PageAssets.Read("page.html"));

    private static List<PagePart> Cut(string template)
    {
        List<PagePart> parts = [];
        int from = 0;
        while (template.IndexOf("<!--", from, StringComparison.Ordinal) is >= 0 and int mark)
        {
            int end = template.IndexOf("-->", mark, StringComparison.Ordinal);
            string name = template[(mark + 4)..end];
            parts.Add(new PagePart(PageSlot.Text, template[from..mark]));
            parts.Add(new PagePart(Enum.Parse<PageSlot>(name, ignoreCase: true), string.Empty));
            from = end + 3;
        }

        parts.Add(new PagePart(PageSlot.Text, template[from..]));
        return parts;
    }
}
