namespace KernelSim.Tool.Top;

/// <summary>Waits for the key that ends a live view. Without a keyboard it only waits.</summary>
internal static class QuitKey
{
    private static readonly TimeSpan s_poll = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits until it is pressed, the token is cancelled, or the time has passed.</summary>
    /// <returns>False when the time has passed.</returns>
    public static bool Await(TimeSpan time, CancellationToken stop)
    {
        long end = Environment.TickCount64 + (long)time.TotalMilliseconds;
        while (Environment.TickCount64 < end)
        {
            if (stop.WaitHandle.WaitOne(s_poll) || IsPressed())
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsPressed()
    {
        while (!Console.IsInputRedirected && Console.KeyAvailable)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key is ConsoleKey.Q or ConsoleKey.Escape)
            {
                return true;
            }
        }

        return false;
    }
}
