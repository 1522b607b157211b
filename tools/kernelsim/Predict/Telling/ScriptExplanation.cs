using System.Text.Json;
using KernelSim.Tool.Predict.Questions;
using KernelSim.Tool.Story;
using KernelSim.Tool.Story.Traces;

namespace KernelSim.Tool.Predict.Telling;

/// <summary>Why a script's last line ended as it did: what it printed, the reason, and the ledger of its calls.</summary>
internal static class ScriptExplanation
{
    private const int LongestValue = 300;
    private const int KeptAtStart = 97;
    private const int KeptAtEnd = 33;

    /// <summary>Explains a run.</summary>
    /// <param name="played">The run, recorded.</param>
    /// <param name="because">The reason.</param>
    /// <param name="isNarrow">Whether the two addresses of a copy stand below each other instead of beside.</param>
    public static IReadOnlyList<StoryBlock> Of(PlayedScript played, string because, bool isNarrow)
    {
        List<StoryBlock> blocks = [ProseBlock.Labelled("Why", because), ProseBlock.Labelled("Printed", Run.Code(Spaced(played.Last)))];
        if (played.Request is { } request)
        {
            blocks.Add(LedgerGrid.Of(request, request.ProcessId, isNarrow));
        }

        return blocks;
    }

    /// <summary>A result with spaces at which a line may break, and without the middle of bytes that would fill the page.</summary>
    private static string Spaced(JsonElement result) => $"{{{string.Join(", ", result.EnumerateObject().Select(Field))}}}";

    private static string Field(JsonProperty field)
    {
        string value = field.Value.GetRawText();
        return $"\"{field.Name}\":{(value.Length > LongestValue ? $"{value[..KeptAtStart]}…{value[^KeptAtEnd..]}" : value)}";
    }
}
