using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace KernelSim.Tests;

/// <summary>
/// A second host thread of a test. What it throws is thrown where it is joined; thrown out of a bare thread it would end the whole test run.
/// </summary>
internal sealed class HostThread
{
    private readonly Thread _thread;
    private readonly string _what;
    private Exception? _thrown;

    private HostThread(Action code, int maxStackSize, string what)
    {
        _what = what;
        _thread = new Thread(
            () =>
            {
                try
                {
                    code();
                }
                catch (Exception e)
                {
                    _thrown = e;
                }
            },
            maxStackSize)
        {
            // One that hangs must not keep the test process alive.
            IsBackground = true,
        };
    }

    /// <summary>Starts a thread.</summary>
    /// <param name="code">What it runs.</param>
    /// <param name="maxStackSize">In bytes; 0: as the host gives.</param>
    /// <param name="test">Who starts it.</param>
    public static HostThread Run(Action code, int maxStackSize = 0, [CallerMemberName] string test = "")
    {
        HostThread thread = new(code, maxStackSize, $"a thread of {test}");
        thread._thread.Start();
        return thread;
    }

    /// <summary>Waits for its end, not longer than a limit: false when it has not ended by then.</summary>
    public bool Join(TimeSpan limit)
    {
        bool ended = _thread.Join(limit);
        if (ended)
        {
            Join();
        }

        return ended;
    }

    /// <summary>Waits for its end.</summary>
    public void Join()
    {
        _thread.WaitFor(_what);
        if (_thrown is not null)
        {
            ExceptionDispatchInfo.Throw(_thrown);
        }
    }
}
