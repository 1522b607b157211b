using System.Text;
using KernelSim.LabScripts;

namespace KernelSim.Tool.Lab.Grading.Scripts;

/// <summary>A student's script: lines with placeholders <c>${...}</c> for what varies.</summary>
internal static class ScriptTemplate
{
    private const string Start = "${";

    /// <summary>Puts values in the place of placeholders.</summary>
    /// <param name="text">The script.</param>
    /// <param name="names">What the placeholders may name.</param>
    /// <param name="lines">Its lines, as a machine runs them.</param>
    /// <param name="problem">What is wrong with a placeholder, with its line.</param>
    public static bool TryBind(string text, TemplateNames names, out IReadOnlyList<string> lines, out string problem)
    {
        List<string> bound = [];
        lines = bound;
        foreach (string line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            try
            {
                bound.Add(ScriptReader.IsSkipped(line) ? line : Bind(line, names));
            }
            catch (FormatException e)
            {
                problem = $"line {bound.Count + 1}: {e.Message}";
                return false;
            }

            if (bound[^1].Length > ScriptLine.Longest)
            {
                problem = $"line {bound.Count}: {bound[^1].Length} characters";
                return false;
            }
        }

        problem = "";
        return true;
    }

    private static string Bind(string line, TemplateNames names)
    {
        StringBuilder bound = new();
        int from = 0;
        for (int at; (at = line.IndexOf(Start, from, StringComparison.Ordinal)) >= 0;)
        {
            bound.Append(line, from, at - from);
            int end = line.IndexOf('}', at);
            if (end < 0)
            {
                throw new FormatException($"'{line[at..Math.Min(line.Length, at + 20)]}' given, expected a placeholder that ends with '}}'");
            }

            bound.Append(new TemplateExpression(line[(at + Start.Length)..end], names).Evaluate());
            from = end + 1;
        }

        return bound.Append(line, from, line.Length - from).ToString();
    }
}
