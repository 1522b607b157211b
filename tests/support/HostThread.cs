using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace KernelSim.Tests;

/// <summary>
/// A host thread of a test. <see cref="Join()"/> rethrows its exception; an exception that escaped from a plain thread would end the test
/// process.
/// </summary>
public sealed class HostThread
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
            // A thread that hangs must not keep the test process alive.
            IsBackground = true,
        };
    }

    /// <summary>Starts a thread with a stack of a size in bytes; 0 is the host's default.</summary>
    public static HostThread Run(Action code, int maxStackSize = 0, [CallerMemberName] string test = "")
    {
        HostThread thread = new(code, maxStackSize, $"a thread of {test}");
        thread._thread.Start();
        return thread;
    }

    /// <summary>Waits until the thread has ended.</summary>
    public void Join() => Join(_what);

    /// <summary>Waits until the thread has ended.</summary>
    /// <param name="what">What the failure says if the limit is reached.</param>
    public void Join(string what)
    {
        _thread.WaitFor(what);
        if (_thrown is not null)
        {
            ExceptionDispatchInfo.Throw(_thrown);
        }
    }
}
