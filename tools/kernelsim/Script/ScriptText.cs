using System.Text;
using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Script;

/// <summary>A script as lines.</summary>
/// <param name="reader">Where it comes from; disposed of here.</param>
internal sealed class ScriptText(TextReader reader) : IDisposable
{
    private int _number;

    /// <summary>Whether it is all there. Otherwise somebody may be typing it.</summary>
    public bool IsFile { get; init; }

    /// <summary>Whether the next line is at hand. Otherwise whoever writes it may wait for the results of the lines before.</summary>
    public bool HasLine => reader is BoundedReader { HasLine: true };

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line; null after the last one.</param>
    /// <returns>Why it cannot be read; null when it was.</returns>
    public Failure? Read(out string? line)
    {
        line = null;
        _number++;
        try
        {
            line = reader.ReadLine();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new Failure($"script: line {_number}: cannot be read: {exception.Message}", Errno.EIO);
        }

        // A character has three bytes at most, unless it counts as two.
        return line is null ? null
            : line.Contains('\0', StringComparison.Ordinal)
                ? Failure.WrongUsage($"script: line {_number}: a byte 0 given, expected text: one JSON object a line")
            : line.Length > ScriptLine.Longest / 3 && Encoding.UTF8.GetByteCount(line) > ScriptLine.Longest ? ScriptLine.TooLong(_number)
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => reader.Dispose();
}
