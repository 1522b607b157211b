using System.Text;
using System.Text.Json;

namespace KernelSim.LabScripts;

/// <summary>What is wrong with a line of a script.</summary>
/// <param name="Message">One line: what was given, before what was expected.</param>
/// <param name="Field">The field that it is about; null if it is about the line.</param>
/// <param name="Byte">Where the line stops being JSON, in bytes from 0; null if it is JSON.</param>
internal sealed record ScriptProblem(string Message, string? Field = null, int? Byte = null)
{
    /// <summary>The part of the line to point at, in characters: a field from its name to the end of its value, or the line's text.</summary>
    public Range RangeIn(string line)
    {
        int start = line.Length - line.AsSpan().TrimStart().Length;
        int end = line.AsSpan().TrimEnd().Length;
        if (Byte is { } bad)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(line);
            int at = Math.Min(Encoding.UTF8.GetCharCount(bytes.AsSpan(0, Math.Min(bad, bytes.Length))), end);
            return at < end ? at..(at + 1) : Math.Max(start, end - 1)..end;
        }

        return Field is { } name && FieldIn(line, name) is { } field ? field : start..end;
    }

    /// <summary>The last field of a name: of one that is given twice, the one too many.</summary>
    private static Range? FieldIn(string line, string name)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        Utf8JsonReader json = new(bytes);
        Range? found = null;
        try
        {
            json.Read();
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                bool isIt = json.ValueTextEquals(name);
                int start = (int)json.TokenStartIndex;
                json.Read();
                json.Skip();
                if (isIt)
                {
                    found = Encoding.UTF8.GetCharCount(bytes.AsSpan(0, start))..Encoding.UTF8.GetCharCount(bytes.AsSpan(0, (int)json.BytesConsumed));
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not JSON, or with half of a surrogate pair: the whole line is meant.
        }

        return found;
    }
}
