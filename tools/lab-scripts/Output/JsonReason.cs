using System.Text.Json;

namespace KernelSim.LabScripts.Output;

/// <summary>Why a text is no JSON, in words for whoever wrote it: without the names of .NET's options and with places that count from 1.</summary>
internal static class JsonReason
{
    // Each begins a part of the parser's message that is about its options or its own count.
    private static readonly string[] s_inner = [" Change the reader options", " Path: ", " LineNumber: "];

    /// <summary>The reason with its line and column (in bytes), such as <c>… (line 2, column 7)</c>.</summary>
    public static string Of(JsonException exception) =>
        $"{Words(exception)} (line {(exception.LineNumber ?? 0) + 1}, {Column(exception)})";

    /// <summary>The reason with its column (in bytes), for a text that is one line of several.</summary>
    public static string OfLine(JsonException exception) => $"{Words(exception)} ({Column(exception)})";

    private static string Column(JsonException exception) => $"column {(exception.BytePositionInLine ?? 0) + 1}";

    private static string Words(JsonException exception)
    {
        string words = exception.Message.Split('\n', 2)[0];
        foreach (string inner in s_inner)
        {
            words = words.Split(inner, 2)[0];
        }

        return words.TrimEnd('.', ' ', '\r');
    }
}
