namespace KernelSim.DocsSite.Pages;

/// <summary>A page or table of contents that is made from code.</summary>
/// <param name="Path">Its path from the site's root, with forward slashes.</param>
/// <param name="Text">Its Markdown or YAML, with line feeds.</param>
internal sealed record SitePage(string Path, string Text);
