using System.Net;
using System.Text.RegularExpressions;

namespace KernelSim.DocsSite.Links;

/// <summary>The anchors and links of an HTML page. Comments and the texts of scripts and styles have none.</summary>
/// <param name="Anchors">The ids, and the names of <c>a</c> elements.</param>
/// <param name="Links">The links, in order.</param>
internal sealed record HtmlPage(IReadOnlySet<string> Anchors, IReadOnlyList<HtmlLink> Links)
{
    private static readonly Regex s_tag = new(
        """<!--.*?-->|<(?<name>[A-Za-z][\w-]*)(?<attributes>(?:[^>"']|"[^"]*"|'[^']*')*)>""", RegexOptions.Singleline);

    private static readonly Regex s_attribute = new("""(?<name>[^\s=>"'/]+)\s*=\s*(?:"(?<value>[^"]*)"|'(?<value>[^']*)'|(?<value>[^\s>"']+))""");

    /// <summary>Elements whose source the browser fetches with the page.</summary>
    private static readonly string[] s_loading = ["img", "script", "iframe", "source", "video", "audio", "embed", "track"];

    /// <summary>Relations of <c>link</c> elements that the browser fetches with the page.</summary>
    private static readonly string[] s_loadingRelations = ["stylesheet", "icon", "preload", "modulepreload", "manifest"];

    /// <summary>Reads a page.</summary>
    public static HtmlPage Parse(string html)
    {
        HashSet<string> anchors = new(StringComparer.Ordinal);
        List<HtmlLink> links = [];
        for (Match tag = s_tag.Match(html); tag.Success; tag = s_tag.Match(html, EndOf(html, tag)))
        {
            if (tag.Groups["name"] is { Success: true } name)
            {
                Dictionary<string, string> attributes = AttributesOf(tag.Groups["attributes"].Value);
                AddAnchors(anchors, name.Value, attributes);
                AddLinks(links, name.Value.ToLowerInvariant(), attributes);
            }
        }

        return new HtmlPage(anchors, links);
    }

    /// <summary>Where the page goes on after a tag: behind the element, for one whose text is not HTML.</summary>
    private static int EndOf(string html, Match tag)
    {
        int end = tag.Index + tag.Length;
        string name = tag.Groups["name"].Value.ToLowerInvariant();
        if (name is not ("script" or "style"))
        {
            return end;
        }

        int close = html.IndexOf($"</{name}", end, StringComparison.OrdinalIgnoreCase);
        return close < 0 ? html.Length : close;
    }

    private static void AddAnchors(HashSet<string> anchors, string element, Dictionary<string, string> attributes)
    {
        if (attributes.TryGetValue("id", out string? id))
        {
            anchors.Add(id);
        }

        if (element is "a" or "A" && attributes.TryGetValue("name", out string? name))
        {
            anchors.Add(name);
        }
    }

    private static void AddLinks(List<HtmlLink> links, string element, Dictionary<string, string> attributes)
    {
        if (attributes.TryGetValue("src", out string? source))
        {
            links.Add(new HtmlLink(source, s_loading.Contains(element)));
        }

        if (element is "a" or "area" or "link" && attributes.TryGetValue("href", out string? target))
        {
            bool loads = element == "link" && attributes.GetValueOrDefault("rel", "").Split(' ').Intersect(s_loadingRelations).Any();
            links.Add(new HtmlLink(target, loads));
        }

        // The page's script fetches its tables of contents from here.
        if (element == "meta" && attributes.GetValueOrDefault("name") is "docfx:navrel" or "docfx:tocrel"
            && attributes.GetValueOrDefault("content") is { Length: > 0 } toc)
        {
            links.Add(new HtmlLink(toc, Loads: true));
        }
    }

    private static Dictionary<string, string> AttributesOf(string text)
    {
        Dictionary<string, string> attributes = new(StringComparer.OrdinalIgnoreCase);
        foreach (Match attribute in s_attribute.Matches(text))
        {
            attributes.TryAdd(attribute.Groups["name"].Value, WebUtility.HtmlDecode(attribute.Groups["value"].Value));
        }

        return attributes;
    }
}

/// <summary>A link of a page.</summary>
/// <param name="Target">Where it leads, as it is written.</param>
/// <param name="Loads">Whether the browser fetches it with the page, without a click.</param>
internal sealed record HtmlLink(string Target, bool Loads);
