using System.Text;
using Spectre.Console;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// Where a verb reads and writes: data on <see cref="Out"/>, notes and reasons on <see cref="Error"/>. Nothing in the tool touches
/// the host's console but through one of these, so that tests can run verbs side by side.
/// </summary>
/// <param name="In">Standard input.</param>
/// <param name="Out">Standard output. Not flushed by itself: the command flushes it at the end, a verb whose reader waits does earlier.</param>
/// <param name="Error">Standard error.</param>
public sealed record ToolConsole(TextReader In, TextWriter Out, TextWriter Error)
{
    /// <summary>Columns of everything that is written for people and not for a terminal that says otherwise.</summary>
    public const int DefaultWidth = 100;

    /// <summary>True when <see cref="Out"/> is a terminal: live progress and colours have a reader.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>True when <see cref="Error"/> is a terminal: somebody reads notes as they come.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Colours allowed: a terminal, and <c>NO_COLOR</c> not set.</summary>
    public bool Colours { get; init; }

    /// <summary>Characters beyond ASCII arrive: the host's console takes UTF-8.</summary>
    public bool Unicode { get; init; } = true;

    /// <summary>Columns of <see cref="Out"/>.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>The console of this host process.</summary>
    public static ToolConsole ForProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        StreamWriter output = new(Console.OpenStandardOutput(), utf8) { NewLine = "\n" };
        StreamWriter error = new(Console.OpenStandardError(), utf8) { NewLine = "\n", AutoFlush = true };
        StreamReader input = new(Console.OpenStandardInput(), utf8);
        bool terminal = !Console.IsOutputRedirected;
        bool noColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        return new ToolConsole(input, output, error)
        {
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colours = terminal && !noColour,
            Unicode = Console.OutputEncoding.CodePage == utf8.CodePage,
            Width = terminal ? TerminalWidth() : DefaultWidth,
        };
    }

    /// <summary>A rendering surface for tables and text on <see cref="Out"/>; plain text where colours are not allowed.</summary>
    public IAnsiConsole CreateRenderer()
    {
        IAnsiConsole renderer = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = Colours ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = Colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(Out),
        });
        renderer.Profile.Width = Width;
        return renderer;
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : DefaultWidth;
        }
        catch (IOException)
        {
            return DefaultWidth;
        }
    }
}
