using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Top;

/// <summary>
/// Frames on a terminal, each in the place of the one before. It uses the terminal's other screen, so that what was there comes back at the end.
/// </summary>
/// <param name="console">The terminal.</param>
internal sealed class TopScreen(ToolConsole console) : IDisposable
{
    private const string Begin = "\e[?1049h\e[?25l";
    private const string End = "\e[?25h\e[?1049l";
    private const string Home = "\e[H";
    private const string EraseRestOfLine = "\e[K";
    private const string EraseRestOfScreen = "\e[J";

    private bool _isOpen;

    /// <summary>Shows a frame: as many of its lines as the terminal has, and below them how to leave.</summary>
    /// <param name="text">The frame.</param>
    /// <param name="height">Lines of the terminal.</param>
    public void Show(string text, int height)
    {
        if (!_isOpen)
        {
            _isOpen = true;
            console.Out.Write(Begin);
        }

        IEnumerable<string> lines = text.TrimEnd('\n').Split('\n').Take(Math.Max(1, height - 2)).Append("").Append("q quits");
        console.Out.Write(Home + string.Join("\n", lines.Select(l => l + EraseRestOfLine)) + EraseRestOfScreen);
        console.Out.Flush();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isOpen)
        {
            console.Out.Write(End);
            console.Out.Flush();
        }
    }
}
