using System.Runtime.ExceptionServices;

namespace KernelSim.Tool.Bench.Measuring;

/// <summary>The calling thread and one more, which do something at the same time.</summary>
internal sealed class ThreadPair : IDisposable
{
    private readonly ManualResetEventSlim _go = new(false, spinCount: 2000);
    private readonly ManualResetEventSlim _done = new(false, spinCount: 2000);
    private readonly Thread _thread;
    private Action? _work;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Starts the other thread.</summary>
    public ThreadPair()
    {
        _thread = new Thread(Loop) { IsBackground = true, Name = "bench" };
        _thread.Start();
    }

    /// <summary>Does both, and returns when both are done.</summary>
    public void Run(Action here, Action there)
    {
        _work = there;
        _go.Set();
        try
        {
            here();
        }
        finally
        {
            _done.Wait();
            _done.Reset();
        }

        _failure?.Throw();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _work = null;
        _go.Set();
        _thread.Join();
        _go.Dispose();
        _done.Dispose();
    }

    private void Loop()
    {
        while (true)
        {
            _go.Wait();
            _go.Reset();
            if (_work is not { } work)
            {
                return;
            }

            try
            {
                work();
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }

            _done.Set();
        }
    }
}
