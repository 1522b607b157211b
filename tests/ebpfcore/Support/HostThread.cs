using System.Runtime.ExceptionServices;

namespace KernelSim.EbpfCore.Tests.Support;

/// <summary>A host thread that a test starts and joins later; joining it rethrows what it threw.</summary>
internal sealed class HostThread
{
    private readonly Thread _thread;
    private Exception? _failure;

    public HostThread(Action code, int maxStackSize = 0)
    {
        _thread = new Thread(
            () =>
            {
                try
                {
                    code();
                }
                catch (Exception e)
                {
                    _failure = e;
                }
            },
            maxStackSize);
        _thread.Start();
    }

    public void Join()
    {
        _thread.Join();
        if (_failure is not null)
        {
            ExceptionDispatchInfo.Throw(_failure);
        }
    }
}
