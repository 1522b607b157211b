namespace KernelSim.Tool.Bpftool.Hosting;

/// <summary>A Ctrl-C that may be requested while a command runs: handled by the command, or the end of its process.</summary>
/// <param name="end">Ends the process.</param>
internal sealed class Interruption(Action end) : IDisposable
{
    private readonly CancellationTokenSource _requested = new();
    private readonly Lock _lock = new();
    private bool _isHandled;
    private bool _isOver;

    /// <summary>Whether it has ended the process.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>From now on the command handles it.</summary>
    public CancellationToken Handle()
    {
        lock (_lock)
        {
            _isHandled = true;
            return _requested.Token;
        }
    }

    /// <summary>Requests it, from any thread.</summary>
    public void Request()
    {
        lock (_lock)
        {
            if (_isOver || HasEnded)
            {
                return;
            }

            if (_isHandled)
            {
                _requested.Cancel();
                return;
            }

            HasEnded = true;
        }

        end();
    }

    /// <summary>The command is over: nothing is requested any more.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
            _requested.Dispose();
        }
    }
}
