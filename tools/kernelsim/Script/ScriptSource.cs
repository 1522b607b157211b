using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>The source of a script's lines: a file, or standard input.</summary>
internal static class ScriptSource
{
    /// <summary>The word that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Opens a script.</summary>
    /// <param name="console">Whose standard input it may be.</param>
    /// <param name="file">The file, or <see cref="StandardInput"/>.</param>
    /// <param name="lines">Its lines; the caller disposes of them.</param>
    /// <returns>Why it cannot be opened; null when it is open.</returns>
    public static Failure? Open(ToolConsole console, string file, out ScriptText? lines)
    {
        lines = null;
        if (file == StandardInput)
        {
            lines = new ScriptText(console.In);
            return null;
        }

        try
        {
            lines = new ScriptText(new BoundedReader(new StreamReader(file))) { IsFile = true };
            return null;
        }
        catch (Exception exception) when (Failure.FromHost(file, "a lab script", exception) is { } failure)
        {
            return failure;
        }
    }
}
