namespace KernelSim.DocsSite;

/// <summary>The command: <c>dotnet run --project tools/docs-site -- [-o FOLDER]</c>.</summary>
internal static class SiteCommand
{
    private const string Name = "docs-site";

    private const string Usage = """
        Build the documentation site and check every link of it.

        Usage:
          dotnet run --project tools/docs-site -- [-o <FOLDER>]
          dotnet run --project tools/docs-site -- check <FOLDER>

        Options:
          -o <FOLDER>     The folder of the site. Its files are replaced. [default: artifacts/site]
          check <FOLDER>  Only check the links of a site that is built.
          -?, -h, --help  Show help.

        Example:
          $ dotnet run --project tools/docs-site
          Builds the site in artifacts/site. To read it: dotnet docfx serve artifacts/site
        """;

    /// <summary>Runs one command line.</summary>
    /// <returns>0 for a sound site, 1 if it cannot be built or has dead links, 2 for wrong usage.</returns>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        switch (args)
        {
            case ["-h" or "-?" or "--help", ..]:
                output.WriteLine(Usage);
                return 0;
            case ["check", string folder] when Directory.Exists(folder):
                LinkChecker checker = new(Path.GetFullPath(folder));
                return Tell(checker.Check(), error, () => output.WriteLine($"{checker.PageCount} pages, {checker.LinkCount} links, none is dead"));
            case ["check", string folder]:
                error.WriteLine($"{Name}: '{folder}' given, expected the folder of a site");
                return 2;
            case [] or ["-o", _]:
                return Build(args is ["-o", string given] ? given : null, output, error);
            default:
                error.WriteLine($"{Name}: '{string.Join(' ', args)}' given, expected '-o FOLDER', 'check FOLDER' or nothing; see --help");
                return 2;
        }
    }

    private static int Build(string? folder, TextWriter output, TextWriter error)
    {
        if (FindRoot() is not { } root)
        {
            error.WriteLine($"{Name}: '{Environment.CurrentDirectory}' is in no folder with a KernelSim.sln; run it in the repository.");
            return 1;
        }

        string site = Path.GetFullPath(folder ?? Path.Combine(root, "artifacts/site"));
        try
        {
            return Tell(new SiteBuilder(root, site, output).Build(), error, () => output.WriteLine($"To read it: dotnet docfx serve {site}"));
        }
        catch (Exception exception) when (exception is SiteException or IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"{Name}: {exception.Message}");
            return 1;
        }
    }

    private static int Tell(IReadOnlyList<DeadLink> dead, TextWriter error, Action tellSuccess)
    {
        foreach (DeadLink link in dead)
        {
            error.WriteLine($"{Name}: dead link: {link}");
        }

        if (dead.Count == 0)
        {
            tellSuccess();
        }

        return dead.Count == 0 ? 0 : 1;
    }

    /// <summary>The repository that the current folder is in; null if it is in none.</summary>
    private static string? FindRoot()
    {
        DirectoryInfo? folder = new(Environment.CurrentDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "KernelSim.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName;
    }
}
