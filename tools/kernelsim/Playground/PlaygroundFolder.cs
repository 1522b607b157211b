using KernelSim.Protocol;

namespace KernelSim.Tool.Playground;

/// <summary>Where the published page is.</summary>
internal static class PlaygroundFolder
{
    private const string Project = "tools/playground/KernelSim.Playground.csproj";
    private const string Output = "artifacts/playground";
    private const string Publish = $"dotnet publish tools/playground -c Release -o {Output}";

    /// <summary>Finds the folder with the files of the page.</summary>
    /// <param name="given">The page, or the folder that <c>dotnet publish</c> put it in; null: that of the checkout.</param>
    /// <param name="current">A folder in the checkout.</param>
    /// <param name="folder">Receives the folder of the page's <c>index.html</c>.</param>
    public static Failure? Find(string? given, string current, out string folder)
    {
        if (given is not null)
        {
            string full = Path.GetFullPath(given, current);
            string reason = Directory.Exists(full) ? "it has no index.html with a _framework beside it" : "there is no such folder";
            return Page(full, out folder) ? null : new Failure(
                $"playground: '{given}' given, expected a folder with a published page: {reason}", Errno.ENOENT);
        }

        if (Page(Path.Combine(AppContext.BaseDirectory, "playground"), out folder))
        {
            return null;
        }

        if (CheckoutOf(current) is not { } checkout)
        {
            return new Failure(
                $"playground: no --folder given, and '{current}' is in no checkout of KernelSim, expected a folder with a published page: "
                    + $"in a checkout '{Publish}' makes it",
                Errno.ENOENT);
        }

        return Page(Path.Combine(checkout, Output), out folder) ? null : new Failure(
            $"playground: the page is not published; in '{checkout}', '{Publish}' makes it",
            Errno.ENOENT);
    }

    private static bool Page(string published, out string folder)
    {
        foreach (string candidate in (string[])[published, Path.Combine(published, "wwwroot")])
        {
            if (File.Exists(Path.Combine(candidate, "index.html")) && Directory.Exists(Path.Combine(candidate, "_framework")))
            {
                folder = candidate;
                return true;
            }
        }

        folder = published;
        return false;
    }

    private static string? CheckoutOf(string current)
    {
        for (DirectoryInfo? at = new(current); at is not null; at = at.Parent)
        {
            if (File.Exists(Path.Combine(at.FullName, Project)))
            {
                return at.FullName;
            }
        }

        return null;
    }
}
