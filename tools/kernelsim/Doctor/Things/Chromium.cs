namespace KernelSim.Tool.Doctor.Things;

/// <summary>Chromium or Chrome, in which tests open the trace page. It is asked for its version: some hosts have a placeholder of its name.</summary>
internal sealed class Chromium : IHostThing
{
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <inheritdoc/>
    public string Id => "chromium";

    /// <inheritdoc/>
    public string Name => "Chromium";

    /// <inheritdoc/>
    public Finding Look(HostView host)
    {
        const string Means = "Tests of the trace page are skipped. Any browser shows the pages of trace view and tour --html.";
        string advice = host.System switch
        {
            HostSystem.Windows or HostSystem.MacOS => "put a folder on the PATH in which Chrome is called chromium or google-chrome",
            _ => host.Install("chromium", "", ""),
        };
        if (host.Find(s_names) is not { } path)
        {
            return Finding.Missing($"None on the PATH: no {string.Join(", ", s_names)}", Means, advice);
        }

        // Chrome on Windows opens a window instead of an answer.
        return host.System == HostSystem.Windows ? Finding.Ok(path, "Tests of the trace page run in it.")
            : host.Ask(path, "--version") is { Length: > 0 } version
            ? Finding.Ok($"{NameIn(version)} at {path}", "Tests of the trace page run in it.")
            : Finding.Missing($"{path} does not start", Means, advice);
    }

    /// <summary>Name and version, without what it was built on. Complaints about the host may come before.</summary>
    private static string NameIn(string output) => output.Trim().Split('\n')[^1].Split(" built on ")[0].Trim();
}
