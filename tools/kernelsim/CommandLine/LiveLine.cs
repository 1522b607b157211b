namespace KernelSim.Tool.CommandLine;

/// <summary>
/// The line of standard error on which a verb shows how far it is. It appears once the verb has been quiet for a second, gives way to
/// whatever else is written, and leaves nothing behind. It needs no escape sequences. Safe on any thread.
/// </summary>
internal sealed class LiveLine
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_refresh = TimeSpan.FromMilliseconds(200);

    private readonly Lock _lock = new();
    private volatile bool _isActive;
    private Func<string>? _text;
    private Action<string>? _write;
    private int _width;
    private int _shown;
    private long _lastOutput;

    /// <summary>Shows how far something is, until what is returned is disposed of.</summary>
    /// <param name="write">Writes to the terminal, past what gives way to this line.</param>
    /// <param name="width">Columns of the terminal.</param>
    /// <param name="text">What to show; asked from another thread.</param>
    public IDisposable Begin(Action<string> write, int width, Func<string> text)
    {
        lock (_lock)
        {
            (_write, _width, _text, _isActive, _lastOutput) = (write, width, text, true, Environment.TickCount64);
        }

        return new Showing(this);
    }

    /// <summary>Takes the line away while something is written. Does nothing where no line is shown.</summary>
    /// <param name="writer">What is about to be written to: flushed afterwards, so that nothing of it arrives on top of the line.</param>
    public Pause GiveWay(TextWriter writer)
    {
        if (!_isActive)
        {
            return default;
        }

        _lock.Enter();
        Erase();
        _lastOutput = Environment.TickCount64;
        return new Pause(this, writer);
    }

    private void Show()
    {
        lock (_lock)
        {
            if (!_isActive || Environment.TickCount64 - _lastOutput < s_quiet.TotalMilliseconds)
            {
                return;
            }

            string text = CellText.Cut(_text!(), _width - 1);
            int cells = CellText.Width(text);
            _write!($"\r{text}{new string(' ', Math.Max(0, _shown - cells))}");
            _shown = cells;
        }
    }

    private void Erase()
    {
        if (_shown > 0)
        {
            _write!($"\r{new string(' ', _shown)}\r");
            _shown = 0;
        }
    }

    private void End()
    {
        lock (_lock)
        {
            Erase();
            _isActive = false;
        }
    }

    /// <summary>The time in which something else is written.</summary>
    internal readonly ref struct Pause(LiveLine? line, TextWriter? writer)
    {
        /// <summary>Lets the line come back.</summary>
        public void Dispose()
        {
            if (line is null)
            {
                return;
            }

            try
            {
                writer!.Flush();
            }
            finally
            {
                line._lock.Exit();
            }
        }
    }

    private sealed class Showing : IDisposable
    {
        private readonly LiveLine _line;
        private readonly Timer _timer;

        public Showing(LiveLine line)
        {
            _line = line;
            _timer = new Timer(_ => line.Show(), null, s_quiet, s_refresh);
        }

        public void Dispose()
        {
            // Show does nothing after End, so a tick that is on its way may still come.
            _timer.Dispose();
            _line.End();
        }
    }
}
