namespace KernelSim.Tool.Debug.Prompt;

/// <summary>Where key presses come from.</summary>
internal interface IKeySource
{
    /// <summary>Waits for a key; Ctrl-C is one, too.</summary>
    ConsoleKeyInfo Next();
}
