using System.Runtime.ExceptionServices;

namespace KernelSim.Nt.Tests;

/// <summary>A second host thread of a test. What it throws is thrown where it is joined.</summary>
internal sealed class HostThread
{
    private readonly Thread _thread;
    private Exception? _thrown;

    private HostThread(Action code)
    {
        _thread = new Thread(() =>
        {
            try
            {
                code();
            }
            catch (Exception e)
            {
                _thrown = e;
            }
        });
    }

    public static HostThread Run(Action code)
    {
        HostThread thread = new(code);
        thread._thread.Start();
        return thread;
    }

    public void Join()
    {
        _thread.Join();
        if (_thrown is not null)
        {
            ExceptionDispatchInfo.Throw(_thrown);
        }
    }
}
