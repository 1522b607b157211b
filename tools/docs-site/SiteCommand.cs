using KernelSim.DocsSite.Pictures;
using KernelSim.DocsSite.Slides;

namespace KernelSim.DocsSite;

/// <summary>The command <c>dotnet run --project tools/docs-site --</c>: the site, the slides, the pictures.</summary>
internal static class SiteCommand
{
    private const string Name = "docs-site";

    private const string Usage = """
        Build the documentation site and check every link of it.

        Usage:
          dotnet run --project tools/docs-site -- [-o <FOLDER>]
          dotnet run --project tools/docs-site -- check <FOLDER>
          dotnet run --project tools/docs-site -- slides [-o <FILE>]
          dotnet run --project tools/docs-site -- pictures [<FILE>...] [-o <FOLDER>]

        Options:
          -o <FOLDER>     The folder of the site. Its files are replaced. [default: artifacts/site]
          check <FOLDER>  Only check the links of a site that is built.
          slides          Make the slides of docs/teaching.md, one HTML file. [default: artifacts/slides.html]
          pictures        Make the pictures of the tool again, all or those named. [default: docs]
          -?, -h, --help  Show help.

        Example:
          $ dotnet run --project tools/docs-site
          Builds the site in artifacts/site. To read it: dotnet docfx serve artifacts/site
        """;

    /// <summary>Runs one command line.</summary>
    /// <returns>0 for a sound site or what else was made, 1 if it cannot be made or has dead links, 2 for wrong usage.</returns>
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
            case ["slides"] or ["slides", "-o", _]:
                return InRepository(root => MakeSlides(root, args is [_, _, string file] ? file : null, output), error);
            case ["pictures", .., "-o", string folder]:
                return MakePictures([.. args.Skip(1).SkipLast(2)], folder, output, error);
            case ["pictures", ..]:
                return MakePictures([.. args.Skip(1)], null, output, error);
            default:
                error.WriteLine(
                    $"{Name}: '{string.Join(' ', args)}' given, expected '-o FOLDER', 'check FOLDER', 'slides', 'pictures' or nothing; see --help");
                return 2;
        }
    }

    private static int Build(string? folder, TextWriter output, TextWriter error) => InRepository(
        root =>
        {
            string site = Path.GetFullPath(folder ?? Path.Combine(root, "artifacts/site"));
            return Tell(new SiteBuilder(root, site, output).Build(), error, () => output.WriteLine($"To read it: dotnet docfx serve {site}"));
        },
        error);

    private static int MakeSlides(string root, string? file, TextWriter output)
    {
        string path = Path.GetFullPath(file ?? Path.Combine(root, "artifacts/slides.html"));
        string slides = SlidePage.Of(root);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, slides);
        output.WriteLine($"The slides: {path}");
        return 0;
    }

    private static int MakePictures(string[] named, string? folder, TextWriter output, TextWriter error)
    {
        if (Array.Find(named, n => PictureTable.All.All(p => p.File != n)) is { } unknown)
        {
            error.WriteLine($"{Name}: '{unknown}' given, expected one of {string.Join(", ", PictureTable.All.Select(p => p.File))}");
            return 2;
        }

        return InRepository(
            root =>
            {
                string target = Directory.CreateDirectory(folder ?? Path.Combine(root, "docs")).FullName;
                foreach (IPicture picture in PictureTable.All.Where(p => named.Length == 0 || named.Contains(p.File)))
                {
                    picture.Make(root, Path.Combine(target, picture.File));
                    output.WriteLine(Path.Combine(target, picture.File));
                }

                return 0;
            },
            error);
    }

    private static int InRepository(Func<string, int> act, TextWriter error)
    {
        if (FindRoot() is not { } root)
        {
            error.WriteLine($"{Name}: '{Environment.CurrentDirectory}' is in no folder with a KernelSim.sln; run it in the repository.");
            return 1;
        }

        try
        {
            return act(root);
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
