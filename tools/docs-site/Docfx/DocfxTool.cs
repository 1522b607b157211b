using KernelSim.DocsSite.Processes;

namespace KernelSim.DocsSite.Docfx;

/// <summary>docfx, a tool of the repository's tool manifest.</summary>
/// <param name="root">The folder of the repository that holds the solution.</param>
internal sealed class DocfxTool(string root)
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(10);

    /// <summary>Installs the version of the manifest, where it is not installed yet.</summary>
    public void Restore() => Run("docfx cannot be installed", "tool", "restore");

    /// <summary>Reads the assemblies, writes their types as pages, and makes the site of all pages. A warning is a failure.</summary>
    /// <param name="settings">The settings file.</param>
    public void Build(string settings) => Run("docfx cannot build the site", "docfx", settings, "--warningsAsErrors", "--logLevel", "warning");

    private void Run(string complaint, params string[] args)
    {
        try
        {
            (string output, string error) = HostProcess.Run(HostProcess.Dotnet, args, root, s_limit);

            // Not every command fails for a warning, whatever its options.
            string text = $"{output}{error}".Trim();
            if (text.Split('\n').Any(l => l.Contains("warning:", StringComparison.Ordinal)))
            {
                throw new SiteException($"'dotnet {string.Join(' ', args)}' warns:\n{text}");
            }
        }
        catch (SiteException exception)
        {
            throw new SiteException($"{complaint}: {exception.Message}");
        }
    }
}
