using System.Globalization;
using System.IO.Compression;

namespace KernelSim.Packages.Tests.Feed;

/// <summary>
/// The packages of this tree, packed once for all tests into a folder that serves as a feed, with a version that no other run has. Two runs side by
/// side share nothing but the user's package cache, where their versions differ.
/// </summary>
public sealed class PackedFeed : IAsyncLifetime
{
    /// <summary>Packing compiles everything for several runtimes, beside other test projects. It is no part of a test that a watchdog ends.</summary>
    private static readonly TimeSpan s_packLimit = 2.3 * LimitedWaits.Limit;

    private readonly TempFolder _root = new();
    private string? _skip;

    /// <summary>The version of the packages.</summary>
    public string Version { get; } = $"0.0.1-test.r{Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture)[..12]}";

    /// <summary>The folder that holds the packages.</summary>
    public string Packages => Path.Combine(_root.Path, "feed");

    /// <summary>The folder of what is built on the way.</summary>
    public string Artifacts => Path.Combine(_root.Path, "artifacts");

    /// <summary>A folder of templates of its own, for <c>dotnet new</c>.</summary>
    public string Hive => Path.Combine(_root.Path, "hive");

    /// <summary>Packs everything, and installs the templates.</summary>
    public async ValueTask InitializeAsync()
    {
        try
        {
            Pack();
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    private void Pack()
    {
        // Outputs of its own: other test projects use those of the tree meanwhile. The analyzers have had their say there.
        (int exitCode, string output) = DotNet.Try(
            DotNet.Host, Repository.Root, s_packLimit, "pack", Path.Combine("packages", "KernelSim.Packages.slnf"), "--output", Packages,
            "--artifacts-path", Artifacts, $"-p:Version={Version}", "-p:RunAnalyzers=false", "-p:NuGetAudit=false");
        if (exitCode != 0 && DotNet.LacksAFeed(output))
        {
            _skip = $"There is no package feed here. {DotNet.FirstLineWith(output, "NU1301")}";
            return;
        }

        Assert.True(exitCode == 0, $"dotnet pack ended with {exitCode}:\n{output}");
        File.WriteAllText(
            Path.Combine(_root.Path, "nuget.config"),
            $"""
            <configuration>
              <packageSources>
                <add key="kernelsim-under-test" value="{Packages}" />
              </packageSources>
            </configuration>
            """);
        DotNet.Run(_root.Path, "new", "install", PackageFile("KernelSim.Templates"), "--debug:custom-hive", Hive);
    }

    /// <summary>Whether there are packages.</summary>
    public bool IsPacked => _skip is null;

    /// <summary>Skips the test where nothing could be packed.</summary>
    public void Require() => Assert.SkipWhen(_skip is not null, _skip ?? string.Empty);

    /// <summary>A new folder outside of the repository, below a nuget.config that names the feed.</summary>
    public string NewFolder(string name) =>
        Directory.CreateDirectory(Path.Combine(_root.Path, "users", Guid.NewGuid().ToString("N")[..8], name)).FullName;

    /// <summary>The path of a package of the feed.</summary>
    public string PackageFile(string id, string extension = "nupkg") => Path.Combine(Packages, $"{id}.{Version}.{extension}");

    /// <summary>Opens a package.</summary>
    public ZipArchive Open(string id, string extension = "nupkg")
    {
        Require();
        return ZipFile.OpenRead(PackageFile(id, extension));
    }

    /// <summary>Deletes the feed, and what restores have put of it into the user's package cache.</summary>
    public ValueTask DisposeAsync()
    {
        string cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } path
            ? path
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        if (Directory.Exists(cache))
        {
            foreach (string package in Directory.EnumerateDirectories(cache, "kernelsim*"))
            {
                string ours = Path.Combine(package, Version);
                if (Directory.Exists(ours))
                {
                    Directory.Delete(ours, recursive: true);
                    if (!Directory.EnumerateFileSystemEntries(package).Any())
                    {
                        Directory.Delete(package);
                    }
                }
            }
        }

        _root.Dispose();
        return ValueTask.CompletedTask;
    }
}
