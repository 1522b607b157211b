namespace KernelSim.DocsSite.Pictures;

/// <summary>A picture of the documentation, made by the commands that it shows.</summary>
internal interface IPicture
{
    /// <summary>The file's name, in <c>docs/</c>.</summary>
    string File { get; }

    /// <summary>Whether it is made in a browser.</summary>
    bool NeedsBrowser { get; }

    /// <summary>Runs the commands and writes the picture.</summary>
    /// <param name="root">The folder of the repository.</param>
    /// <param name="path">Where to.</param>
    /// <exception cref="SiteException">A command or the browser fails, or there is no browser.</exception>
    void Make(string root, string path);
}
