using KernelSim.DocsSite.Processes;

namespace KernelSim.DocsSite.Pictures;

/// <summary>The host's Chromium, without a window.</summary>
internal static class HeadlessBrowser
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);
    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

    /// <summary>Its path; null if there is none on the PATH.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => s_names.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <summary>Draws a page, light, when its scripts have run.</summary>
    /// <param name="page">Path of the HTML file.</param>
    /// <param name="place">What its address ends with.</param>
    /// <param name="width">Of the window, in pixels.</param>
    /// <param name="height">Of the window, in pixels.</param>
    /// <param name="path">The PNG.</param>
    /// <exception cref="SiteException">There is no browser, or it draws nothing.</exception>
    public static void Draw(string page, string place, int width, int height, string path)
    {
        string browser = Path ?? throw new SiteException($"No browser is on the PATH, expected one of {string.Join(", ", s_names)}");
        string profile = Directory.CreateTempSubdirectory("docs-site-").FullName;
        try
        {
            File.Delete(path);
            HostProcess.Run(
                browser,
                [
                    "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-background-networking",
                    "--force-device-scale-factor=1", $"--user-data-dir={profile}", $"--window-size={width},{height}",
                    "--virtual-time-budget=5000", $"--screenshot={path}", new Uri(page).AbsoluteUri + place,
                ],
                profile,
                s_limit);
            if (!File.Exists(path))
            {
                throw new SiteException($"{browser} has drawn nothing of {page}.");
            }
        }
        finally
        {
            Directory.Delete(profile, recursive: true);
        }
    }
}
