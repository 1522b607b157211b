using KernelSim.LabScripts.Output;

namespace KernelSim.LabScripts;

/// <summary>A script as lines of text.</summary>
internal static class ScriptLine
{
    /// <summary>Most bytes of a line, as UTF-8.</summary>
    public const int Longest = 16 << 20;

    /// <summary>What is wrong with a longer one.</summary>
    public static string WhyTooLong { get; } = $"more than {Longest} bytes given, expected at most {Longest}";

    /// <summary>The failure of a script with a line that is too long.</summary>
    public static Failure TooLong(int number) => Failure.WrongUsage($"script: line {number}: {WhyTooLong}");

    /// <summary>The lines of a text, without line feeds and the carriage returns before them. Nothing after the last line feed is no line.</summary>
    public static IEnumerable<string> Split(string script)
    {
        for (int start = 0; start < script.Length;)
        {
            int feed = script.IndexOf('\n', start);
            int end = feed < 0 ? script.Length : feed;
            yield return script[start..end].TrimEnd('\r');
            start = end + 1;
        }
    }
}
