namespace KernelSim.Playground.Tests.Page;

/// <summary>Where the published page is: <c>KERNELSIM_PLAYGROUND</c>, or <c>artifacts/playground</c> of the checkout.</summary>
internal static class PublishedFolder
{
    /// <summary>Why tests are skipped where it is not.</summary>
    public const string HowToPublish = "the page is not published: 'dotnet publish tools/playground -c Release -o artifacts/playground'";

    /// <summary>The folder of its <c>index.html</c>; null where it is not published.</summary>
    public static string? Find()
    {
        string published = Environment.GetEnvironmentVariable("KERNELSIM_PLAYGROUND") ?? Repository.PathOf("artifacts", "playground");
        published = Path.TrimEndingDirectorySeparator(Path.GetFullPath(published));
        return new[] { published, Path.Combine(published, "wwwroot") }
            .FirstOrDefault(f => File.Exists(Path.Combine(f, "index.html")) && Directory.Exists(Path.Combine(f, "_framework")));
    }
}
