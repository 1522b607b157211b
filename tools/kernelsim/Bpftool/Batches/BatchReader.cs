using KernelSim.Protocol;
using KernelSim.Tool.Bpftool.Output;

namespace KernelSim.Tool.Bpftool.Batches;

/// <summary>
/// Reads the commands of a batch file: <c>#</c> begins a comment, a backslash at the end of a line continues it, and quotes keep blanks in a
/// word.
/// </summary>
/// <param name="lines">The file.</param>
/// <param name="output">Where complaints go.</param>
internal sealed class BatchReader(BatchLines lines, BpftoolOutput output)
{
    private const Errno TooLong = (Errno)7;
    private const int MostWords = 4095;
    private const string Continuation = "\\\n";
    private const string White = " \t\r\n";

    /// <summary>Number of commands that were run.</summary>
    public int Commands { get; set; }

    /// <summary>Reads the next command.</summary>
    /// <param name="words">Its words; null after the last.</param>
    /// <returns>0, or -1 after a complaint.</returns>
    public int Next(out IReadOnlyList<string>? words)
    {
        words = null;
        while (lines.Next() is { } line)
        {
            line = WithoutComment(line);
            if (line.Length == BatchLines.LongestLine)
            {
                return FailReading(TooLong);
            }

            while (line.EndsWith(Continuation, StringComparison.Ordinal))
            {
                if (lines.Next() is not { Length: > 0 } more)
                {
                    return output.Fail($"missing continuation line on command {Commands}");
                }

                more = WithoutComment(more);
                if (line.Length + more.Length > BatchLines.LongestLine)
                {
                    return output.Fail($"command {Commands} is too long");
                }

                line = line[..^Continuation.Length] + more;
            }

            if (Split(line, out List<string> found) is { } problem)
            {
                return output.Fail($"{problem} command {Commands}");
            }

            if (found.Count > 0)
            {
                words = found;
                return 0;
            }
        }

        return lines.Problem == Errno.None ? 0 : FailReading(lines.Problem);
    }

    private int FailReading(Errno errno) => output.Fail($"reading batch file failed: {ErrnoText.Of(errno)}");

    private static string WithoutComment(string line) => line.Split('#', 2)[0];

    private static string? Split(string line, out List<string> words)
    {
        words = [];
        for (int at = 0; ;)
        {
            while (at < line.Length && White.Contains(line[at], StringComparison.Ordinal))
            {
                at++;
            }

            if (at == line.Length)
            {
                return null;
            }

            if (words.Count == MostWords)
            {
                return "too many arguments to";
            }

            bool isQuoted = line[at] is '\'' or '"';
            int start = isQuoted ? at + 1 : at;
            int end = isQuoted ? line.IndexOf(line[at], start) : EndOfWord(line, start);
            if (end < 0)
            {
                return "unterminated quoted string in";
            }

            words.Add(BatchLines.TextOf(line[start..end]));
            at = Math.Min(end + 1, line.Length);
        }
    }

    private static int EndOfWord(string line, int start)
    {
        int length = line.AsSpan(start).IndexOfAny(White);
        return length < 0 ? line.Length : start + length;
    }
}
