using KernelSim.Tool.CommandLine;

namespace KernelSim.DocsSite.Pictures;

/// <summary>What a command prints on a terminal with colours, as an SVG.</summary>
/// <param name="File">The file's name.</param>
/// <param name="Args">The command line, without <c>kernelsim</c>.</param>
/// <param name="From">What the first line that is shown begins with.</param>
/// <param name="Lines">How many lines are shown.</param>
internal sealed record TerminalPicture(string File, string[] Args, string From, int Lines) : IPicture
{
    /// <summary>The width at which the slides show it whole.</summary>
    private const int Columns = 100;

    /// <inheritdoc/>
    public bool NeedsBrowser => false;

    /// <inheritdoc/>
    public void Make(string root, string path)
    {
        AnsiLine[] printed = [.. Print().Split('\n').Select(AnsiLine.Parse)];
        int first = Array.FindIndex(printed, l => l.Text.StartsWith(From, StringComparison.Ordinal));
        if (first < 0)
        {
            throw new SiteException($"{File}: 'kernelsim {string.Join(' ', Args)}' prints no line that begins with '{From}'.");
        }

        System.IO.File.WriteAllText(
            path, TerminalSvg.Draw($"$ kernelsim {string.Join(' ', Args)}", printed[first..Math.Min(printed.Length, first + Lines)], Columns));
    }

    private string Print()
    {
        // The colours of a terminal are chosen by what the host says of it.
        Environment.SetEnvironmentVariable("TERM", "xterm-256color");
        Environment.SetEnvironmentVariable("COLORTERM", null);
        using StringReader input = new(string.Empty);
        using StringWriter output = new() { NewLine = "\n" };
        using StringWriter error = new() { NewLine = "\n" };
        ToolConsole console = new(input, output, error) { Colours = true, Width = Columns, FoldsRows = true };
        return KernelSimTool.Run(Args, console) == 0
            ? output.ToString()
            : throw new SiteException($"{File}: 'kernelsim {string.Join(' ', Args)}' fails: {error}");
    }
}
