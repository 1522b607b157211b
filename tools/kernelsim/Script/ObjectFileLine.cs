using System.Text.Json;
using System.Text.Json.Nodes;
using KernelSim.LabScripts;
using KernelSim.LabScripts.Ops;

namespace KernelSim.Tool.Script;

/// <summary>A line that loads an object file, which is the client's: a server gets its contents with the line.</summary>
internal static class ObjectFileLine
{
    /// <summary>The largest file whose contents fit a line in hex.</summary>
    private const int LargestFile = (ScriptLine.Longest / 2) - 65536;

    /// <summary>The line with the contents of its file, if it names a readable one; otherwise the line itself.</summary>
    public static string WithContents(string line)
    {
        if (!line.Contains(ScriptOpTable.ObjectLoad, StringComparison.Ordinal) || !line.Contains(".o\"", StringComparison.Ordinal))
        {
            return line;
        }

        try
        {
            if (JsonNode.Parse(line) is JsonObject fields
                && fields["op"]?.GetValue<string>() == ScriptOpTable.ObjectLoad
                && !fields.ContainsKey(ProgramOps.Contents)
                && fields["file"]?.GetValue<string>() is { } file
                && new FileInfo(file) is { Exists: true, Length: <= LargestFile })
            {
                fields[ProgramOps.Contents] = Convert.ToHexStringLower(File.ReadAllBytes(file));
                return fields.ToJsonString();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            // The call says what is wrong with the line, or with the file.
        }

        return line;
    }
}
