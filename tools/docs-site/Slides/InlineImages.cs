namespace KernelSim.DocsSite.Slides;

/// <summary>The images of a page as data addresses, so that a file that shows them needs no other.</summary>
/// <param name="folder">The folder of the page.</param>
internal sealed class InlineImages(string folder)
{
    /// <summary>Returns the address that holds an image.</summary>
    /// <param name="target">Its path from the page.</param>
    /// <exception cref="SiteException">There is no such file, or it is no SVG or PNG.</exception>
    public string DataOf(string target)
    {
        string path = Path.Combine(folder, target);
        string type = Path.GetExtension(path) switch
        {
            ".svg" => "image/svg+xml",
            ".png" => "image/png",
            _ => throw new SiteException($"'{target}' is given as an image of a slide, expected a file .svg or .png"),
        };
        return File.Exists(path)
            ? $"data:{type};base64,{Convert.ToBase64String(File.ReadAllBytes(path))}"
            : throw new SiteException($"'{target}' is given as an image of a slide, and does not exist in {folder}");
    }
}
