using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>The source of a script's lines: a file, or standard input.</summary>
internal static class ScriptLines
{
    /// <summary>The word that stands for standard input.</summary>
    public const string StandardInput = "-";

    /// <summary>Opens a script.</summary>
    /// <param name="console">Provides standard input.</param>
    /// <param name="file">Path of the file, or <see cref="StandardInput"/>.</param>
    /// <param name="lines">Reads the lines; the caller disposes it.</param>
    /// <returns>Why it cannot be opened; otherwise null.</returns>
    public static Failure? Open(ToolConsole console, string file, out TextReader lines)
    {
        lines = console.In;
        if (file == StandardInput)
        {
            return null;
        }

        try
        {
            lines = new StreamReader(file);
            return null;
        }
        catch (Exception exception) when (Failure.FromHost(file, "a lab script", exception) is { } failure)
        {
            return failure;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <param name="lines">The reader from <see cref="Open"/>.</param>
    /// <param name="number">Number of the line, from 1.</param>
    /// <param name="line">The line; null after the last one.</param>
    /// <returns>Why it cannot be read; otherwise null.</returns>
    public static Failure? Read(TextReader lines, int number, out string? line)
    {
        line = null;
        try
        {
            line = lines.ReadLine();
            return null;
        }
        catch (IOException exception)
        {
            return new Failure($"script: line {number}: cannot be read: {exception.Message}", Errno.EIO);
        }
    }
}
