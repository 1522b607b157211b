namespace KernelSim.Tool.Debug.Prompt;

/// <summary>The keys of the terminal.</summary>
internal sealed class HostKeys : IKeySource
{
    /// <inheritdoc/>
    public ConsoleKeyInfo Next()
    {
        // Only while a line is edited: at any other time Ctrl-C ends the debugger, as it does every verb.
        Console.TreatControlCAsInput = true;
        try
        {
            return Console.ReadKey(intercept: true);
        }
        finally
        {
            Console.TreatControlCAsInput = false;
        }
    }
}
