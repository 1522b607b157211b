using System.Text.Json;

namespace KernelSim.LabScripts.Runs;

/// <summary>Reads a whole script without running it.</summary>
internal static class ScriptCheck
{
    /// <summary>
    /// Every invalid line. A name that an invalid line gives counts as given, and so does every name of a part of a loaded object: what a module has
    /// only a run tells.
    /// </summary>
    /// <param name="script">The lines, with line feeds between them.</param>
    /// <param name="processors">Number of processors of the machine.</param>
    public static IReadOnlyList<ScriptDiagnostic> Of(string script, int processors)
    {
        DeclaredNames names = new();
        ScriptReader reader = new(ScriptOpTable.All, names, processors);
        List<ScriptDiagnostic> diagnostics = [];
        int number = 0;
        foreach (string line in ScriptLine.Split(script))
        {
            number++;
            if (line.Length > ScriptLine.Longest)
            {
                diagnostics.Add(new ScriptDiagnostic(number, 1, line.Length, ScriptLine.WhyTooLong));
            }
            else if (ScriptReader.IsSkipped(line))
            {
                continue;
            }
            else if (reader.TryRead(line, number, out ScriptCall? call, out ScriptProblem? problem))
            {
                names.Add(call);
            }
            else
            {
                (int start, int length) = problem.RangeIn(line).GetOffsetAndLength(line.Length);
                diagnostics.Add(new ScriptDiagnostic(number, start + 1, length, problem.Message));
                names.AddFromInvalid(line);
            }
        }

        return diagnostics;
    }

    /// <summary>Writes diagnostics as an array of objects with <c>line</c>, <c>column</c>, <c>length</c> and <c>message</c>.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ScriptDiagnostic> diagnostics)
    {
        json.WriteStartArray();
        foreach (ScriptDiagnostic diagnostic in diagnostics)
        {
            json.WriteStartObject();
            json.WriteNumber("line", diagnostic.Line);
            json.WriteNumber("column", diagnostic.Column);
            json.WriteNumber("length", diagnostic.Length);
            json.WriteString("message", diagnostic.Message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
