namespace KernelSim.Packages.Tests.Feed;

/// <summary>Creates projects from the templates of the feed.</summary>
internal static class Template
{
    /// <summary>Creates one with <c>dotnet new</c>, outside of the repository, and returns its folder.</summary>
    public static string Create(PackedFeed feed, string template, string name)
    {
        feed.Require();
        string folder = feed.NewFolder(name);
        DotNet.Run(Path.GetDirectoryName(folder)!, "new", $"kernelsim-{template}", "-n", name, "--debug:custom-hive", feed.Hive);
        return folder;
    }
}
