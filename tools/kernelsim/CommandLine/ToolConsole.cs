using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KernelSim.TraceAnalysis;
using Spectre.Console;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// The streams of a verb: data on <see cref="Out"/>, notes and errors on <see cref="Error"/>. The tool accesses
/// the host's console only through one of these, so that tests can run verbs in parallel.
/// </summary>
public sealed record ToolConsole
{
    /// <summary>Columns of paragraphs and of the tour where there is no terminal and <c>COLUMNS</c> is not set.</summary>
    public const int DefaultWidth = 100;

    /// <summary>The narrowest layout. A terminal that has fewer columns is told so.</summary>
    public const int NarrowestWidth = 60;

    private const string Prefix = "kernelsim: ";

    private readonly LiveLine _live;
    private readonly StrongBox<bool> _saidNarrow = new();

    /// <summary>Makes a console.</summary>
    /// <param name="input">Standard input.</param>
    /// <param name="output">
    /// Standard output. Not flushed by itself: the command flushes it at the end, a verb whose reader waits does earlier.
    /// </param>
    /// <param name="error">Standard error.</param>
    public ToolConsole(TextReader input, TextWriter output, TextWriter error)
    {
        _live = new LiveLine();
        In = input;
        Out = new GuardedWriter(output, _live, failure => throw new OutputException(failure));

        // What cannot be told is dropped: there is no other place to tell it.
        Error = new GuardedWriter(error, _live, _ => { });
    }

    /// <summary>Standard input.</summary>
    public TextReader In { get; init; }

    /// <summary>Standard output: data.</summary>
    public TextWriter Out { get; init; }

    /// <summary>Standard error: notes and reasons.</summary>
    public TextWriter Error { get; init; }

    /// <summary>True when these are the standard streams of the host process: a process that it starts may have them too.</summary>
    public bool IsHost { get; init; }

    /// <summary>True when <see cref="Out"/> is a terminal: live progress and colours have a reader.</summary>
    public bool OutIsTerminal { get; init; }

    /// <summary>True if <see cref="Error"/> is a terminal: notes are read as they are written.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>Whether colours are allowed: on a terminal, and <c>NO_COLOR</c> not set.</summary>
    public bool Colours { get; init; }

    /// <summary>Characters beyond ASCII arrive.</summary>
    public bool Unicode { get; init; } = true;

    /// <summary>Width of <see cref="Out"/> in columns.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>Columns of the terminal that <see cref="Error"/> is; null where it is none, and notes stay on one line.</summary>
    public int? ErrorWidth { get; init; }

    /// <summary>
    /// True when the width was given, by a terminal or by <c>COLUMNS</c>. Otherwise rows of tables and events stay on one line each, as
    /// wide as they are: <c>grep</c> and <c>awk</c> read them.
    /// </summary>
    public bool FoldsRows { get; init; }

    /// <summary>Columns that text is laid out for.</summary>
    public int LayoutWidth => Math.Max(Width, NarrowestWidth);

    /// <summary>Columns that rows are laid out for.</summary>
    public int RowWidth => FoldsRows || OutIsTerminal ? LayoutWidth : int.MaxValue;

    /// <summary>The console of this host process.</summary>
    public static ToolConsole ForProcess()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        StreamWriter output = new(StandardStreams.OpenOutput(), utf8) { NewLine = "\n" };
        StreamWriter error = new(StandardStreams.OpenError(), utf8) { NewLine = "\n", AutoFlush = true };
        BoundedReader input = new(new StreamReader(StandardStreams.OpenInput(), utf8));
        bool terminal = !Console.IsOutputRedirected;
        bool noColour = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        string? given = Environment.GetEnvironmentVariable("COLUMNS");
        int? columns = int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number : null;
        return new ToolConsole(input, output, error)
        {
            IsHost = true,
            OutIsTerminal = terminal,
            ErrorIsTerminal = !Console.IsErrorRedirected,
            Colours = terminal && !noColour,
            ErrorWidth = Console.IsErrorRedirected ? null : Math.Max(TerminalWidth() ?? DefaultWidth, NarrowestWidth),
            Unicode = Locale.TakesUnicode(),
            Width = (terminal ? TerminalWidth() : columns) ?? DefaultWidth,
            FoldsRows = terminal || columns is not null,
        };
    }

    /// <summary>Text as this console can show it.</summary>
    public string Spell(string text) => Unicode ? text : PlainCharacters.Of(text);

    /// <summary>
    /// Tells something on <see cref="Error"/>, after the command's name: one line, which a terminal gets wrapped between words. Paths and
    /// names stay whole, to be copied.
    /// </summary>
    public void Note(string text)
    {
        text = Spell(VisibleText.Escape(text));
        if (ErrorWidth is not { } width)
        {
            Error.WriteLine(Prefix + text);
            return;
        }

        string start = "";
        foreach (string line in CellText.Wrap(Prefix + text, width - 2, keepWords: true))
        {
            Error.WriteLine(start + line);
            start = "  ";
        }
    }

    /// <summary>Says, once, that the terminal is narrower than any layout.</summary>
    public void NoteNarrowness()
    {
        if (Width < NarrowestWidth && !_saidNarrow.Value)
        {
            _saidNarrow.Value = true;
            Error.WriteLine($"{Prefix}{Width} columns given, expected {NarrowestWidth} or more");
        }
    }

    /// <summary>
    /// Shows on <see cref="Error"/> how far something is that takes longer than a second, until what is returned is disposed of. Only on a
    /// terminal.
    /// </summary>
    /// <param name="text">What to show; asked from another thread.</param>
    public IDisposable? Progress(Func<string> text) =>
        ErrorIsTerminal ? _live.Begin(((GuardedWriter)Error).WriteThrough, ErrorWidth ?? DefaultWidth, () => Spell(text())) : null;

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
        renderer.Profile.Width = LayoutWidth;
        return renderer;
    }

    private static int? TerminalWidth()
    {
        try
        {
            return Console.WindowWidth is > 0 and int width ? width : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
